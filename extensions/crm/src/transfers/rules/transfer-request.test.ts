import { describe, expect, test } from 'vitest';
import { decideRequest, type TransferRequest } from './transfer-request.ts';

const asked: TransferRequest = {
  asker: 'other',
  customer: { segment: 'a', owner: 'rep1', status: 'active' },
  toSegment: { id: 'a', active: true, isPool: false },
  toOwner: 'rep2',
  ownerFits: true,
  reasonSays: true,
  isAnotherOpen: false,
  needsApproval: false,
};
const across = { toSegment: { id: 'b', active: true, isPool: false }, toOwner: null, ownerFits: null };

describe('who needs approval', () => {
  const cases: [string, Partial<TransferRequest>, string, string][] = [
    ['Q2: a transfer to a colleague asked for by a rep needs approval', {}, 'within', 'ask'],
    ['Q2: a head or an admin needs none', { asker: 'manager' }, 'within', 'execute'],
    ['Q2: group marketing needs none', { asker: 'staff' }, 'within', 'execute'],
    ['Q2: with the segment’s switch on a head needs it too', { asker: 'manager', needsApproval: true }, 'within', 'ask'],
    ['Q2: with the segment’s switch on group marketing needs it too', { asker: 'staff', needsApproval: true }, 'within', 'ask'],
    ['ORG-3: across segments a rep asks group marketing', across, 'across', 'ask'],
    ['ORG-3: across segments a head asks group marketing too', { ...across, asker: 'manager' }, 'across', 'ask'],
    ['ORG-3: what group marketing files itself waits for its execution only', { ...across, asker: 'staff' }, 'across', 'await_execution'],
    [
      'ORG-3: group marketing names the owner at once, if it likes',
      { ...across, asker: 'staff', toOwner: 'repB', ownerFits: true },
      'across',
      'await_execution',
    ],
    [
      'Q21: group marketing takes a customer back into the pool',
      { ...across, asker: 'staff', toSegment: { id: 'p', active: true, isPool: true } },
      'across',
      'await_execution',
    ],
    ['Q2: the switch is for what stays in the segment', { ...across, asker: 'staff', needsApproval: true }, 'across', 'await_execution'],
    [
      'ORG-3: a customer leaves a segment that was switched off',
      { toSegment: { id: 'a', active: false, isPool: false }, asker: 'manager' },
      'within',
      'execute',
    ],
  ];
  test.each(cases)('%s', (_name, change, kind, next) => {
    expect(decideRequest({ ...asked, ...change })).toEqual({ accepted: true, value: { kind, next } });
  });
});

describe('what is refused', () => {
  const cases: [string, Partial<TransferRequest>, string][] = [
    ['ORG-3: a request says why', { reasonSays: false }, 'reason_needed'],
    ['ORG-3: there is no such segment', { toSegment: null }, 'segment_unknown'],
    [
      'ORG-3: nothing goes to a segment that is switched off',
      { ...across, toSegment: { id: 'b', active: false, isPool: false } },
      'segment_inactive',
    ],
    [
      'Q21: only group marketing moves a customer into the pool',
      { ...across, toSegment: { id: 'p', active: true, isPool: true } },
      'pool_not_here',
    ],
    ['ORG-3: across segments group marketing names the owner', { ...across, toOwner: 'repB', ownerFits: true }, 'owner_by_marketing'],
    ['Q2: within the segment the new owner is named', { toOwner: null, ownerFits: null }, 'owner_needed'],
    ['Q2: the owner is another one than now', { toOwner: 'rep1' }, 'same_owner'],
    ['Q2: the new owner works in the segment', { ownerFits: false }, 'owner_elsewhere'],
    ['ORG-3: the owner works in the target segment', { ...across, asker: 'staff', toOwner: 'repC', ownerFits: false }, 'owner_elsewhere'],
    [
      'DQ-3: a merged customer is moved by its survivor',
      { customer: { segment: 'a', owner: 'rep1', status: 'merged' } },
      'customer_merged',
    ],
    ['ORG-3: one request at a time', { isAnotherOpen: true }, 'already_open'],
  ];
  test.each(cases)('%s', (_name, change, reason) => {
    expect(decideRequest({ ...asked, ...change })).toEqual({ accepted: false, reason });
  });
});
