import { describe, expect, it } from 'vitest';
import { courseOf, type Change, type Standing } from './changed-person.ts';

const rep: Standing = { status: 'active', role: 'sales_rep', email: 'rep@example.com', isHeld: false, credentials: 'a' };
const admin: Standing = { ...rep, role: 'system_admin', email: 'admin@example.com' };
const executive: Standing = { ...rep, role: 'group_executive' };
const change = (before: Standing, after: Partial<Standing>, more: Partial<Change> = {}): Change => ({
  ...{ before, after: { ...before, ...after }, isFrozen: false, isOwn: false, isByAccused: false },
  ...more,
});

describe('a plain change of a person keeps the law of freezing', () => {
  it.each<[string, Change, string]>([
    ['ACC-9: suspended is frozen', change(rep, { status: 'suspended' }), 'froze'],
    ['ACC-9: by the freeze itself, whose row stands already', change(rep, { status: 'suspended' }, { isFrozen: true }), 'nothing'],
    ['ACC-9: activated again is thawed', change({ ...rep, status: 'suspended' }, { status: 'active' }, { isFrozen: true }), 'thawed'],
    ['opened for the first time', change({ ...rep, status: 'suspended' }, { status: 'active' }), 'nothing'],
    ['closed for good is no freeze', change(rep, { status: 'archived' }), 'nothing'],
    ['another name', change(rep, {}), 'nothing'],
    ['people of a shared host are not ours', change({ ...rep, role: null }, { status: 'suspended' }), 'nothing'],
    ['Q5: a system admin is not suspended by one alone', change(admin, { status: 'suspended' }), 'dual_control'],
    ['Q5: nor archived', change(admin, { status: 'archived' }), 'dual_control'],
    ['Q5: nor demoted', change(admin, { role: 'sales_rep' }), 'dual_control'],
    ['Q5: nor shut out by another address', change(admin, { email: 'mine@example.com' }), 'dual_control'],
    ['Q5, ACC-11: nor held back until an exam', change(admin, { isHeld: true }), 'dual_control'],
    ['Q5, ACC-11: not by oneself either', change(admin, { isHeld: true }, { isOwn: true }), 'dual_control'],
    ['ACC-11: released', change({ ...admin, isHeld: true }, { isHeld: false }), 'nothing'],
    ['ACC-11: a rep is held back', change(rep, { isHeld: true }), 'nothing'],
    ['Q5: nor taken over by another password', change(admin, { credentials: 'b' }), 'dual_control'],
    ['the own password', change(admin, { credentials: 'b' }, { isOwn: true }), 'nothing'],
    ['Q5: an executive by an accused', change(executive, { status: 'suspended' }, { isByAccused: true }), 'judges_removed'],
    ['Q5: an executive’s address by an accused', change(executive, { email: 'x' }, { isByAccused: true }), 'judges_removed'],
    ['ACC-9: an executive by others', change(executive, { status: 'suspended' }), 'froze'],
    ['a rep’s password', change(rep, { credentials: 'b' }), 'nothing'],
    ['the own address', change(admin, { email: 'mine@example.com' }, { isOwn: true }), 'nothing'],
    ['Q5: once two have frozen them', change({ ...admin, status: 'suspended' }, { role: 'sales_rep' }, { isFrozen: true }), 'nothing'],
    ['Q5: as the freeze itself does', change(admin, { status: 'suspended' }, { isFrozen: true }), 'nothing'],
    ['a new system admin', change(rep, { role: 'system_admin' }), 'nothing'],
  ])('%s', (_name, given, expected) => {
    expect(courseOf(given)).toBe(expected);
  });
});
