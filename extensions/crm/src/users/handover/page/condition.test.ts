import { expect, it } from 'vitest';
import { handoverRequest } from '../contract.ts';
import { needsValue, toRule, type DraftRule } from './condition.ts';
import { CONDITIONS, type ConditionKind } from './locale.ts';

const to = '0d9ec6f6-6a5c-4c0e-9c52-0a3a2b1c4d5e';
const draft = (kind: ConditionKind, more: Partial<DraftRule> = {}): DraftRule => ({ key: 1, to, kind, value: '', chosen: [], ...more });

it.each(Object.keys(CONDITIONS) as ConditionKind[])(
  'N5: what the page offers as "%s" is a rule that the server takes, once it is complete',
  (kind) => {
    const rule = toRule(draft(kind, { value: 'A', chosen: ['1'] }));
    expect(handoverRequest.safeParse({ from: to, rules: [rule] }).success).toBe(true);
    expect(toRule(draft(kind, { to: '', value: 'A', chosen: ['1'] }))).toBeNull();
    expect(toRule(draft(kind)) === null).toBe(needsValue(kind) || kind === 'chosen');
  },
);
