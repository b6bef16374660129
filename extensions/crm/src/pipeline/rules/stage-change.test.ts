import { describe, expect, it } from 'vitest';
import { decideStageChange, type StageChange } from './stage-change.ts';
import type { Subject } from './stage-gate.ts';
import { stageSetOf, type Stage } from './stage-set.ts';

const stage = (key: string, sort: number, more: Partial<Stage> = {}): Stage => ({
  ...{ id: key, key, name: key, segment: null, outcome: 'open', active: true, sort },
  ...{ required_fields: [], conditions: null, condition_text: null, color: null },
  ...more,
});

const contact = stage('initial_contact', 1);
const needs = stage('needs_analysis', 2, { required_fields: ['needs', 'amount'] });
const proposal = stage('proposal', 3, { required_fields: ['expected_close_on|lost_reason'], conditions: { amount: { _gte: 100 } } });
const talks = stage('negotiation', 4);
const won = stage('won', 5, { outcome: 'won', required_fields: ['order_or_contract'] });
const lost = stage('lost', 6, { outcome: 'lost', required_fields: ['lost_reason'] });
const off = stage('paused', 3, { active: false });
const STAGES = [lost, won, talks, off, proposal, needs, contact];

const subject: Subject = {
  values: { needs: 'x', amount: 500, expected_close_on: '2027-01-01', lost_reason: 'x' },
  signed: true,
  customer: { status: 'active', missing: [] },
  discount: { percent: 5, limit: 10, approved: null },
};
const base: StageChange = {
  set: stageSetOf(STAGES, 's1'),
  from: contact,
  closedFrom: null,
  target: needs,
  subject,
  reason: null,
  isReversal: false,
};
const decide = (change: Partial<StageChange>) => {
  const decided = decideStageChange({ ...base, ...change });
  return decided.accepted ? decided.value : decided.reason;
};

describe('the way', () => {
  it.each<[string, Partial<StageChange>, unknown]>([
    ['begins at the first open stage', { from: null, target: contact }, 'created'],
    ['begins nowhere else', { from: null, target: needs }, { reason: 'not_first', first: contact }],
    ['begins not as won', { from: null, target: won }, { reason: 'not_first', first: contact }],
    ['goes one stage forward', {}, 'forward'],
    ['skips none', { target: proposal }, { reason: 'skipped', next: needs }],
    ['is not won before the last open stage', { from: proposal, target: won }, { reason: 'skipped', next: talks }],
    ['is won from the last open stage', { from: talks, target: won }, 'closed'],
    ['is lost from any', { target: lost }, 'closed'],
    ['goes back with a reason', { from: talks, target: contact, reason: 'x' }, 'back'],
    ['goes back with no less', { from: talks, target: contact }, { reason: 'reason_required' }],
    ['is opened again with a reason', { from: lost, closedFrom: needs, target: needs, reason: 'x' }, 'reopened'],
    ['is opened again before where it was lost', { from: lost, closedFrom: talks, target: contact, reason: 'x' }, 'reopened'],
    [
      'is opened again not beyond where it was lost',
      { from: lost, closedFrom: contact, target: talks, reason: 'x' },
      { reason: 'skipped', next: contact },
    ],
    ['is opened at the beginning where nobody knows', { from: lost, target: needs, reason: 'x' }, { reason: 'skipped', next: contact }],
    ['is opened again anywhere after it was won', { from: won, target: talks, reason: 'x' }, 'reopened'],
    ['is opened again with no less', { from: won, target: talks }, { reason: 'reason_required' }],
    ['does not become lost after it was won', { from: won, target: lost, reason: 'x' }, { reason: 'closed' }],
    ['leads into no stage that is switched off', { from: needs, target: off }, { reason: 'not_in_use', stage: off }],
    ['leads out of a stage that was switched off to the one that took its place', { from: off, target: proposal }, 'forward'],
    ['skips none from there, either', { from: off, target: talks }, { reason: 'skipped', next: proposal }],
    ['is taken back without a reason', { from: needs, target: contact, isReversal: true }, 'reversal'],
  ])('SAL-2: it %s', (_title, change, expected) => {
    expect(decide(change)).toEqual(expected);
  });
});

describe('the gate', () => {
  const lacking = (values: object) => ({ ...subject, values: { ...subject.values, ...values } });
  it.each<[string, Partial<StageChange>, unknown]>([
    [
      'SAL-2: names every field that is missing',
      { subject: lacking({ needs: '', amount: null }) },
      { reason: 'fields_missing', fields: ['needs', 'amount'] },
    ],
    ['SAL-2: takes nothing sold for free as an amount', { subject: lacking({ amount: 0 }) }, 'forward'],
    ['SAL-2: is content with one of two', { from: needs, target: proposal, subject: lacking({ expected_close_on: null }) }, 'forward'],
    [
      'SAL-2: holds conditions',
      { from: needs, target: proposal, subject: lacking({ amount: 99 }) },
      { reason: 'condition_not_met', text: null },
    ],
    [
      'SAL-7: asks for a signed order or contract',
      { from: talks, target: won, subject: { ...subject, signed: false } },
      { reason: 'fields_missing', fields: ['order_or_contract'] },
    ],
    ['SAL-2: asks nothing on the way back', { from: talks, target: needs, reason: 'x', subject: lacking({ needs: null }) }, 'back'],
    [
      'SAL-2: asks again where a return leads forward',
      { from: contact, target: needs, isReversal: true, subject: lacking({ needs: null }) },
      { reason: 'fields_missing', fields: ['needs'] },
    ],
    [
      'Q19: asks for a complete customer beyond the first stage',
      { subject: { ...subject, customer: { status: 'draft', missing: ['uscc'] } } },
      { reason: 'customer_not_active', status: 'draft', missing: ['uscc'] },
    ],
    [
      'Q19: lets a draft begin',
      { from: null, target: contact, subject: { ...subject, customer: { status: 'draft', missing: [] } } },
      'created',
    ],
    [
      'Q19: asks again where a loss is taken back',
      { from: lost, target: talks, isReversal: true, subject: { ...subject, customer: { status: 'draft', missing: [] } } },
      { reason: 'customer_not_active', status: 'draft', missing: [] },
    ],
    ['Q19: lets a draft be lost', { target: lost, subject: { ...subject, customer: { status: 'draft', missing: [] } } }, 'closed'],
  ])('%s', (_title, change, expected) => {
    expect(decide(change)).toEqual(expected);
  });

  const large = (approved: number | null, limit: number | null = 10) => ({ ...subject, discount: { percent: 15, limit, approved } });
  const refused = { reason: 'approval_required', discount: 15, limit: 10 };
  it.each<[string, Partial<StageChange>, unknown]>([
    ['not before the proposal', { subject: large(null) }, 'forward'],
    ['before the proposal', { from: needs, target: proposal, subject: large(null) }, refused],
    ['before any later open stage', { from: proposal, target: talks, subject: large(12) }, refused],
    ['before won', { from: talks, target: won, subject: large(null) }, refused],
    ['not for business that is lost', { target: lost, subject: large(null) }, 'closed'],
    ['where a loss is taken back', { from: lost, target: talks, isReversal: true, subject: large(null) }, refused],
    ['not once it is approved', { from: needs, target: proposal, subject: large(15) }, 'forward'],
    ['not where the segment has no threshold', { from: needs, target: proposal, subject: large(null, null) }, 'forward'],
  ])('SAL-11: a large discount is asked about %s', (_title, change, expected) => {
    expect(decide(change)).toEqual(expected);
  });
});

describe('the set of a segment', () => {
  const own = [stage('first', 1, { segment: 's1' }), stage('second', 2, { segment: 's1' })];
  it('SAL-2: a segment’s own open stages replace the shared ones, and it ends as the group does', () => {
    const set = stageSetOf([...STAGES, ...own, stage('other', 1, { segment: 's2' })], 's1');
    expect([set.open, set.won, set.lost]).toEqual([own, [won], [lost]]);
  });
  it('SAL-2: from a shared stage the way goes on where the segment’s own stages stand', () => {
    const set = stageSetOf([...STAGES, ...own], 's1');
    expect(decide({ set, from: needs, target: own[1]! })).toBe('forward');
    expect(decide({ set, from: talks, target: won })).toBe('closed');
  });
  it('SAL-2: without any open stage nothing begins', () => {
    expect(decide({ set: stageSetOf([won, lost], 's1'), from: null, target: won })).toEqual({ reason: 'no_first_stage' });
  });
});
