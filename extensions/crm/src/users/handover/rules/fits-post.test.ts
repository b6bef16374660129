import { describe, expect, it } from 'vitest';
import type { RoleName } from '../../../kernel/roles.ts';
import { fitsPost } from './fits-post.ts';

const person = (role: RoleName | null, more: object = {}) => ({
  ...{ user: 'u', admin: false, active: true, role, homeSegment: 'a', managedSegments: [] as string[], company: 'k' },
  ...more,
});
const rep = person('sales_rep');
const head = person('segment_head', { managedSegments: ['a', 'c'] });
const executive = person('group_executive', { homeSegment: 'pool' });
const post = (collection: string, segment: string | null, item = 'x') => ({ collection, field: 'f', item, segment });

describe('who can be named for what another was', () => {
  it.each([
    ['a rep leads a team of the segment', rep, 'sales_rep', post('crm_teams', 'a'), true],
    ['nobody of another segment does', rep, 'sales_rep', post('crm_teams', 'c'), false],
    ['a head who manages it does', head, 'sales_rep', post('crm_teams', 'c'), true],
    ['nobody who is frozen', { ...rep, active: false }, 'sales_rep', post('crm_teams', 'a'), false],
    ['nobody who is closed, of the whole group either', { ...rep, active: false }, 'sales_rep', post('crm_other', null), false],
    ['nobody without a role', person(null), null, post('crm_other', null), false],
    ['a rep gets a region of the segment', rep, 'sales_rep', post('crm_lead_routes', 'a'), true],
    ['a head gets none', head, 'sales_rep', post('crm_lead_routes', 'a'), false],
    ['ORG-9: a rep owns no project', rep, 'segment_head', post('crm_companies', null, 'k'), false],
    ['ORG-9: a head of the company does', head, 'segment_head', post('crm_companies', null, 'k'), true],
    ['ORG-9: a head of another company does not', head, 'segment_head', post('crm_companies', null, 'other'), false],
    ['APR-1: a rep decides nothing that a head decided', rep, 'segment_head', post('crm_approval_steps', null), false],
    ['APR-1: nor in the own segment', rep, 'segment_head', post('crm_approval_steps', 'a'), false],
    ['APR-1: an executive does', executive, 'segment_head', post('crm_approval_steps', null), true],
    ['APR-1: a head does, of the segment', head, 'sales_rep', post('crm_approval_steps', 'a'), true],
    ['APR-1: somebody of the same role does', rep, 'sales_rep', post('crm_approval_steps', null), true],
    ['APR-1: it comes back to whom it was', rep, undefined, post('crm_approval_steps', null), true],
    ['APR-1: but not across segments', rep, undefined, post('crm_approval_steps', 'c'), false],
  ] as const)('N5: %s', (_what, to, former, what, expected) => {
    expect(fitsPost(to, former, what)).toBe(expected);
  });
});
