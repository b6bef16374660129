import { describe, expect, it } from 'vitest';
import { emptiedDemands, stagesBehind } from './kept-demands.ts';
import type { Stage, StageSet } from './stage-set.ts';

const stage = (key: string, sort: number, outcome: Stage['outcome'], required_fields: string[]): Stage => ({
  ...{ id: key, key, name: key, segment: null, outcome, active: true, sort, required_fields },
  ...{ conditions: null, condition_text: null, color: null },
});

const FIRST = stage('first', 1, 'open', []);
const NEEDS = stage('needs', 2, 'open', ['needs', 'amount|quantity']);
const OFFER = stage('offer', 3, 'open', ['expected_close_on']);
const WON = stage('won', 8, 'won', ['order_or_contract', 'amount|order_or_contract']);
const LOST = stage('lost', 9, 'lost', ['lost_reason']);
const SET: StageSet = { open: [FIRST, NEEDS, OFFER], won: [WON], lost: [LOST] };

const keysBehind = (at: Stage, closedFrom: Stage | null = null) => stagesBehind(SET, at, closedFrom).map(({ key }) => key);

describe('SAL-2: what a stage asked for stays', () => {
  it.each<[string, string[], string[]]>([
    ['an open stage keeps what it and the stages before it asked for', keysBehind(NEEDS), ['first', 'needs']],
    ['won business keeps what the whole way asked for', keysBehind(WON), ['first', 'needs', 'offer', 'won']],
    ['lost business keeps its reason, and what was asked for up to where it was lost', keysBehind(LOST, NEEDS), ['first', 'needs', 'lost']],
    ['of lost business without a history only the reason is known', keysBehind(LOST), ['lost']],
    ['a stage out of use keeps what stands before it', keysBehind({ ...OFFER, id: 'old', key: 'old' }), ['first', 'needs', 'offer', 'old']],
  ])('SAL-2: %s', (_name, keys, expected) => expect(keys).toEqual(expected));

  const emptied = (before: string[], after: string[]) => emptiedDemands([NEEDS, OFFER, WON], new Set(before), new Set(after));
  it.each<[string, string[], string[]]>([
    ['what was filled is not emptied', emptied(['needs', 'amount'], ['amount']), ['needs']],
    ['of two that serve one demand one is enough', emptied(['amount', 'quantity'], ['quantity']), []],
    ['without both of them the demand is not met', emptied(['amount'], []), ['amount|quantity']],
    ['what was never filled is not asked for', emptied([], []), []],
    ['what no stage asks for may go', emptied(['notes'], []), []],
  ])('SAL-2: %s', (_name, demands, expected) => expect(demands).toEqual(expected));
});
