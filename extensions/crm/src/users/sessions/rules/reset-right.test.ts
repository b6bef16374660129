import { expect, it } from 'vitest';
import type { RoleName } from '../../../kernel/roles.ts';
import type { Target } from '../../freeze/rules/freeze-decision.ts';
import { decideReset, isLinkGood } from './reset-right.ts';

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
  ['somebody frozen', [by('system_admin'), who('sales_rep', { status: 'suspended' }), 'default'], 'not_active'],
  ['somebody whom another service lets in', [by('system_admin'), who('sales_rep'), 'oidc'], 'other_provider'],
])('ACC-4, Q10: %s', (_name, parts, said) => {
  const decision = decideReset(...parts);
  expect(decision.accepted ? decision.value : decision.reason).toBe(said);
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
