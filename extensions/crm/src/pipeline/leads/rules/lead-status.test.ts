import { describe, expect, it } from 'vitest';
import { advance, decideStatus, emptied, knownOf, missingToAllocate, type FlowingLead, type LeadStatus } from './lead-status.ts';

const KNOWN = { company_name: '启明软件有限公司', phone: '138****8000' };
const GRADED = { ...KNOWN, grade: 'B', owner: 'rep' };

const decide = (from: LeadStatus | null, lead: Omit<FlowingLead, 'status'>, to: LeadStatus, mayReopen = false) => {
  const decided = decideStatus({ from, lead: { ...lead, status: to }, mayReopen });
  return decided.accepted ? decided.value : `! ${decided.reason}`;
};

describe('the flow of a lead', () => {
  it.each<[string, ReturnType<typeof decide>, string]>([
    ['a received lead is qualified once it is known who it is and how to reach them', decide('new', KNOWN, 'qualified'), 'qualified'],
    ['a person without a company is known too', decide('new', { contact_name: '李雷', wechat: 'l*' }, 'qualified'), 'qualified'],
    ['nobody is qualified without a name', decide('new', { phone: '138****8000' }, 'qualified'), '! name_missing'],
    ['nobody is qualified whom nobody can reach', decide('new', { company_name: '启明', phone: ' ' }, 'qualified'), '! contact_missing'],
    ['an own lead is followed once it is graded', decide('qualified', GRADED, 'following'), 'following'],
    ['nothing is followed before it is graded', decide('qualified', { ...GRADED, grade: null }, 'following'), '! grade_missing'],
    ['nothing is followed before it is qualified', decide('new', GRADED, 'following'), '! not_yet_qualified'],
    ['nothing is followed that nobody has', decide('qualified', { ...GRADED, owner: null }, 'following'), '! nobody_follows'],
    ['a lead is lost with a reason', decide('following', { ...GRADED, lost_reason: '价格' }, 'lost'), 'lost'],
    ['a lead is lost from the very beginning', decide('new', { lost_reason: '空号' }, 'lost'), 'lost'],
    ['no lead is lost without a reason', decide('following', { ...GRADED, lost_reason: '  ' }, 'lost'), '! lost_reason_missing'],
    ['a head reopens a lost lead', decide('lost', GRADED, 'following', true), 'following'],
    ['a lost lead that nobody has comes back to be allocated', decide('lost', { ...KNOWN, grade: 'A' }, 'qualified', true), 'qualified'],
    ['a rep does not reopen what was lost', decide('lost', GRADED, 'following'), '! reopened_by_head'],
    ['a lost lead does not begin again as a new one', decide('lost', GRADED, 'new', true), '! lost_reopens'],
    ['nothing goes back to new', decide('qualified', GRADED, 'new'), '! not_back'],
    ['nothing goes back to qualified', decide('following', GRADED, 'qualified'), '! not_back'],
    ['a new lead may be entered as qualified', decide(null, KNOWN, 'qualified'), 'qualified'],
    ['and as one that was lost, with its reason', decide(null, { lost_reason: '空号' }, 'lost'), 'lost'],
    ['nothing is entered as followed, however much is known', decide(null, GRADED, 'following'), '! begins_new'],
    [
      'a lost lead is not followed again before it is graded',
      decide('lost', { ...GRADED, grade: ' ' }, 'following', true),
      '! grade_missing',
    ],
  ])('SAL-1: %s', (_name, outcome, expected) => expect(outcome).toBe(expected));

  it.each<[string, ReturnType<typeof decide>, string]>([
    ['nobody writes that a lead is allocated', decide('qualified', { ...KNOWN, grade: 'A' }, 'allocated'), '! only_allocation'],
    ['nor the owner of an own lead', decide('qualified', GRADED, 'allocated'), '! only_allocation'],
    ['the word may stand beside the allocation', decide('qualified', { ...GRADED, allocated_at: 'now' }, 'allocated'), 'allocated'],
    ['nobody writes that a lead is converted', decide('following', GRADED, 'converted', true), '! only_conversion'],
    ['nobody enters a converted lead', decide(null, GRADED, 'converted', true), '! only_conversion'],
    ['a converted lead stays converted', decide('converted', { ...GRADED, lost_reason: '反悔' }, 'lost', true), '! is_converted'],
  ])('F7: %s', (_name, outcome, expected) => expect(outcome).toBe(expected));

  it.each<[string, FlowingLead, LeadStatus]>([
    ['the first activity makes an allocated lead a followed one', { ...GRADED, status: 'allocated', last_activity_at: 1 }, 'following'],
    ['an own lead is followed with its first activity', { ...GRADED, status: 'qualified', last_activity_at: 1 }, 'following'],
    ['the grade makes a lead that was given early an allocated one', { ...GRADED, status: 'qualified', allocated_at: 1 }, 'allocated'],
    ['without a grade it waits', { ...GRADED, grade: null, status: 'qualified', allocated_at: 1, last_activity_at: 1 }, 'qualified'],
    ['an activity qualifies nobody', { ...GRADED, status: 'new', last_activity_at: 1 }, 'new'],
    ['a lost lead stays lost', { ...GRADED, status: 'lost', last_activity_at: 1 }, 'lost'],
  ])('SAL-1: %s', (_name, lead, expected) => expect(advance(lead)).toBe(expected));

  const kept = (before: Omit<FlowingLead, 'status'>, lead: FlowingLead) => emptied(knownOf({ ...before, status: 'new' }), lead);
  it.each<[string, ReturnType<typeof kept>, string | null]>([
    ['a followed lead keeps its grade', kept(GRADED, { ...GRADED, grade: null, status: 'following' }), 'grade_missing'],
    ['and so does an allocated one', kept(GRADED, { ...GRADED, grade: '', status: 'allocated' }), 'grade_missing'],
    ['a qualified one may still be graded anew', kept(GRADED, { ...GRADED, grade: null, status: 'qualified' }), null],
    ['it stays known who it is', kept(GRADED, { ...GRADED, company_name: null, status: 'qualified' }), 'name_missing'],
    ['and how to reach them', kept(GRADED, { ...GRADED, phone: null, status: 'following' }), 'contact_missing'],
    ['one way is given up for another', kept(GRADED, { ...GRADED, phone: null, wechat: 'l*', status: 'following' }), null],
    ['what is new may change', kept(GRADED, { status: 'new' }), null],
    ['what is lost stays lost for a reason', kept({ lost_reason: '价格' }, { ...GRADED, status: 'lost' }), 'lost_reason_missing'],
    ['and needs nothing else', kept({ ...GRADED, lost_reason: '价格' }, { lost_reason: '预算', status: 'lost' }), null],
    ['what a table brought without them has nothing to keep', kept({}, { status: 'following' }), null],
  ])('SAL-1: %s', (_name, fault, expected) => expect(fault).toBe(expected));

  it.each<[string, FlowingLead, string[]]>([
    ['a qualified and graded lead can be allocated', { ...KNOWN, grade: 'A', status: 'qualified' }, []],
    ['a lead without a grade cannot', { ...KNOWN, status: 'qualified' }, ['grade']],
    ['a new one that nobody knows cannot', { status: 'new', grade: 'A' }, ['company_name']],
    ['a new one that is known and graded is qualified by it', { ...KNOWN, grade: 'C', status: 'new' }, []],
  ])('CUS-10: %s', (_name, lead, expected) => expect(missingToAllocate(lead)).toEqual(expected));
});
