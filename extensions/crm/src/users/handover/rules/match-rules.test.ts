import { describe, expect, it } from 'vitest';
import { collectionOf, isForAll, isTriedOn, matchRules } from './match-rules.ts';

const row = (id: string, segment = 'a') => ({ id, segment });

describe('rules of a hand-over', () => {
  it('N5: the first rule that fits wins, and what none fits is left', () => {
    const fits =
      (...ids: string[]) =>
      ({ id }: { id: string }) =>
        ids.includes(id);
    const { byRule, rest } = matchRules([row('1'), row('2'), row('3'), row('4')], [fits('2'), fits('1', '2'), fits('9')]);
    expect(byRule.map((rows) => rows.map(({ id }) => id))).toEqual([['2'], ['1'], []]);
    expect(rest.map(({ id }) => id)).toEqual(['3', '4']);
  });

  it('N5: no rules leave everything', () => expect(matchRules([row('1')], [])).toEqual({ byRule: [], rest: [row('1')] }));

  it.each([
    [{}, null],
    [{ where: {} }, 'crm_customers'],
    [{ where: null }, null],
    [{ collection: 'crm_leads' }, 'crm_leads'],
    [{ collection: 'crm_activities', where: { type: { _eq: 'call' } } }, 'crm_activities'],
    [{ collection: 'crm_customers' }, 'crm_customers'],
  ] as const)('N5: the rule %j is about %s', (rule, collection) => {
    expect(collectionOf(rule)).toBe(collection);
    expect(isForAll(rule)).toBe(collection === null);
  });

  it('N5: a condition on customers says nothing of leads', () => {
    expect(isTriedOn({ where: { grade: { _eq: 'A' } } }, 'crm_leads')).toBe(false);
    expect(isTriedOn({}, 'directus_files')).toBe(true);
    expect(isTriedOn({ collection: 'crm_leads' }, 'crm_attachments')).toBe(false);
  });
});
