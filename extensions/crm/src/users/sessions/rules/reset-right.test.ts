import { expect, it } from 'vitest';
import type { RoleName } from '../../../kernel/roles.ts';
import type { Target } from '../../freeze/rules/freeze-decision.ts';
import { decideReset, isLinkGood, isStillGiven, type GivenLink } from './reset-right.ts';

const by = (role: RoleName, managedSegments: string[] = []) => ({ user: 'me', role, managedSegments });
const who = (role: RoleName, more: Partial<Target> = {}): Target => ({ user: 'one', role, homeSegment: 's01', status: 'active', ...more });

it.each<[string, Parameters<typeof decideReset>, string]>([
  ['a segment admin, a rep of the own segment', [by('segment_admin', ['s01']), who('sales_rep'), 'default'], 'link'],
  ['a segment admin, a head', [by('segment_admin', ['s01']), who('segment_head'), 'default'], 'reset_reps_only'],
  ['a segment admin, a rep of others', [by('segment_admin', ['s02']), who('sales_rep'), 'default'], 'forbidden'],
  ['a segment head', [by('segment_head', ['s01']), who('sales_rep'), 'default'], 'forbidden'],
  ['a system admin, an executive', [by('system_admin'), who('group_executive'), 'default'], 'link'],
  ['a system admin, nobody', [by('system_admin'), null, 'default'], 'forbidden'],
  ['a system admin, oneself', [by('system_admin'), who('system_admin', { user: 'me' }), 'default'], 'own_reset'],
  ['a system admin, the other one', [by('system_admin'), who('system_admin', { homeSegment: null }), 'default'], 'admin_on_server'],
  [
    'a system admin, the other one while frozen',
    [by('system_admin'), who('system_admin', { homeSegment: null, status: 'suspended' }), 'default'],
    'admin_on_server',
  ],
  [
    'a segment admin, a system admin at home nowhere',
    [by('segment_admin', ['s01']), who('system_admin', { homeSegment: null }), 'default'],
    'forbidden',
  ],
  ['somebody frozen', [by('system_admin'), who('sales_rep', { status: 'suspended' }), 'default'], 'not_active'],
  ['somebody whom another service lets in', [by('system_admin'), who('sales_rep'), 'oidc'], 'other_provider'],
])('ACC-4, Q10: %s', (_name, parts, said) => {
  const decision = decideReset(...parts);
  expect(decision.accepted ? decision.value : decision.reason).toBe(said);
});

const given = (more: Partial<GivenLink>): GivenLink => ({
  givenBy: 'admin',
  maker: by('system_admin'),
  target: who('sales_rep'),
  provider: 'default',
  ...more,
});
const admin = who('system_admin', { homeSegment: null });
it.each<[string, Partial<GivenLink>, boolean]>([
  ['an administrator’s for a rep', {}, true],
  ['an administrator’s whose maker is gone or shut out', { maker: null }, false],
  ['an administrator’s for who is a system admin by now', { target: admin }, false],
  ['an administrator’s for nobody any more', { target: null }, false],
  ['that of a form for a new system admin', { givenBy: 'form', target: admin }, true],
  ['that of a form whose executor is shut out', { givenBy: 'form', target: admin, maker: null }, false],
  ['that of a form whose executor is a segment admin of others by now', { givenBy: 'form', maker: by('segment_admin', ['s02']) }, false],
  ['that of a form for who is frozen', { givenBy: 'form', target: { ...admin, status: 'suspended' } }, false],
  ['that of a form for who logs in elsewhere by now', { givenBy: 'form', provider: 'ldap' }, false],
  ['a command’s for a system admin', { givenBy: 'command', maker: null, target: admin }, true],
  ['a command’s for who is frozen', { givenBy: 'command', maker: null, target: { ...admin, status: 'suspended' } }, false],
  ['a command’s for who logs in elsewhere by now', { givenBy: 'command', maker: null, target: admin, provider: 'ldap' }, false],
])('ACC-5, Q5, Q10: a link, %s', (_name, link, isGiven) => {
  expect(isStillGiven(given(link))).toBe(isGiven);
});

const now = new Date('2026-11-23T06:00:00Z');
const link = { expiresAt: new Date('2026-11-23T06:00:01Z'), usedAt: null, isGiven: true };
it.each([
  ['as it was made', link, true],
  ['unknown', null, false],
  ['used', { ...link, usedAt: now }, false],
  ['over', { ...link, expiresAt: now }, false],
  ['whose maker may give it no longer', { ...link, isGiven: false }, false],
])('ACC-5: a link %s', (_name, one, good) => {
  expect(isLinkGood(one, now)).toBe(good);
});
