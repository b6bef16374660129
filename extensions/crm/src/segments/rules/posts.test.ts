import { describe, expect, it } from 'vitest';
import { GROUP_SEGMENT_ID, ROLE_IDS } from '../../kernel/roles.ts';
import { judgeHome, judgeManaged, leavesPost, mayOwnProject, ownRightsTouched } from './posts.ts';

describe('own rights', () => {
  const current = { role: ROLE_IDS.sales_rep, status: 'active', crm_segment: 'a' };
  it.each<[string, Record<string, unknown>, string[], Record<string, unknown>?]>([
    ['F9: another role', { role: ROLE_IDS.system_admin }, ['role']],
    ['F9: another status', { status: 'archived' }, ['status']],
    ['F9: another segment', { crm_segment: 'b' }, ['crm_segment']],
    ['F9: more segments', { crm_managed_segments: [{ crm_segment: 'b' }] }, ['crm_managed_segments']],
    ['F9: a policy', { policies: [] }, ['policies']],
    ['the same as before touches nothing', { role: ROLE_IDS.sales_rep, status: 'active', crm_segment: 'a' }, []],
    ['F9, ACC-11: released from the exam', { crm_pending_exam: false }, ['crm_pending_exam'], { crm_pending_exam: 1 }],
    ['ACC-11: not held back as before', { crm_pending_exam: false }, [], { crm_pending_exam: 0 }],
    ['a language is no right', { language: 'en-US' }, []],
  ])('%s', (_name, payload, touched, more = {}) => expect(ownRightsTouched(payload, { ...current, ...more })).toEqual(touched));
});

describe('posts', () => {
  it('Q21: the pool is the home of group staff only', () => {
    expect(judgeHome('sales_rep', GROUP_SEGMENT_ID)).toBe('pool_is_for_group_staff');
    expect(judgeHome('system_admin', GROUP_SEGMENT_ID)).toBeNull();
    expect(judgeHome('sales_rep', 'a')).toBeNull();
    expect(judgeHome(null, GROUP_SEGMENT_ID)).toBeNull();
  });

  it('Q18: heads and segment admins manage segments, nobody else, and nobody the pool', () => {
    expect(judgeManaged('segment_head', 'a')).toBeNull();
    expect(judgeManaged('sales_rep', 'a')).toBe('managed_by_heads_only');
    expect(judgeManaged('segment_admin', GROUP_SEGMENT_ID)).toBe('pool_is_for_group_staff');
  });

  it('ORG-8: another role or any status but active ends the work of a system admin', () => {
    expect(leavesPost({ role: ROLE_IDS.sales_rep })).toBe(true);
    expect(leavesPost({ role: null })).toBe(true);
    expect(leavesPost({ status: 'suspended' })).toBe(true);
    expect(leavesPost({ role: ROLE_IDS.system_admin, status: 'active' })).toBe(false);
    expect(leavesPost({ first_name: 'x' })).toBe(false);
  });

  it('ORG-9: a project owner is an active head or executive of the company', () => {
    const head = {
      user: 'h',
      role: 'segment_head' as const,
      admin: false,
      active: true,
      homeSegment: 'a',
      managedSegments: [],
      company: 'k',
    };
    expect(mayOwnProject(head, 'k')).toBe(true);
    expect(mayOwnProject(head, 'other')).toBe(false);
    expect(mayOwnProject({ ...head, active: false }, 'k')).toBe(false);
    expect(mayOwnProject({ ...head, role: 'sales_rep' }, 'k')).toBe(false);
    expect(mayOwnProject(null, 'k')).toBe(false);
  });
});
