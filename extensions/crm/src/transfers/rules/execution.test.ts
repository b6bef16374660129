import { expect, test } from 'vitest';
import { decideExecution, type Execution } from './execution.ts';

const ready: Execution = {
  state: 'requested',
  isUnmoved: true,
  owner: { user: 'repB', fits: true },
  basis: null,
  withContacts: true,
  personal: { ofContacts: false, isPerson: false },
  sameCompany: false,
};
const people = { personal: { ofContacts: true, isPerson: false } };
const aPerson = { personal: { ofContacts: false, isPerson: true } };

const accepted: [string, Partial<Execution>, object][] = [
  ['ORG-3: a customer without personal data moves without a basis', {}, { basis: null, passesPersonal: false, erasesContacts: false }],
  ['ORG-3: an approved request is executed', { state: 'approved' }, { basis: null, passesPersonal: false, erasesContacts: false }],
  [
    'PIPL 23: numbers of contacts go along on a basis',
    { ...people, basis: 'consent' },
    { basis: 'consent', passesPersonal: true, erasesContacts: false },
  ],
  [
    'PIPL 23: between segments of one company the handler stays the same',
    { ...people, sameCompany: true },
    { basis: 'same_handler', passesPersonal: true, erasesContacts: false },
  ],
  [
    'PIPL 23: company data goes without the contacts’ numbers, on no basis',
    { ...people, withContacts: false },
    { basis: null, passesPersonal: false, erasesContacts: true },
  ],
  [
    'PIPL 23: a customer that is a person goes on a basis',
    { ...aPerson, basis: 'contract' },
    { basis: 'contract', passesPersonal: true, erasesContacts: false },
  ],
  [
    'PIPL 23: numbers go to another company on the reason given, where no basis is named',
    people,
    { basis: 'request_reason', passesPersonal: true, erasesContacts: false },
  ],
  [
    'PIPL 23: so does a customer that is a person, without contacts too',
    { ...aPerson, withContacts: false },
    { basis: 'request_reason', passesPersonal: true, erasesContacts: false },
  ],
  [
    'PIPL 23: a basis that is not needed is kept as it was named',
    { basis: 'law' },
    { basis: 'law', passesPersonal: false, erasesContacts: false },
  ],
];
test.each(accepted)('%s', (_name, change, expected) => {
  expect(decideExecution({ ...ready, ...change })).toEqual({ accepted: true, value: { owner: 'repB', ...expected } });
});

const refused: [string, Partial<Execution>, string][] = [
  ['ORG-3: what was executed is not executed again', { state: 'executed' }, 'not_open'],
  ['ORG-3: what was rejected is not executed', { state: 'rejected' }, 'not_open'],
  ['ORG-3: what was withdrawn is not executed', { state: 'withdrawn' }, 'not_open'],
  ['ORG-3: a customer that has moved meanwhile is asked for anew', { isUnmoved: false }, 'moved_meanwhile'],
  ['ORG-3: somebody has to own it', { owner: null }, 'owner_needed'],
  ['ORG-3: the owner works in the target segment', { owner: { user: 'repA', fits: false } }, 'owner_elsewhere'],
  ['PIPL 23: two companies are not one handler', { ...people, basis: 'same_handler' }, 'not_same_handler'],
];
test.each(refused)('%s', (_name, change, reason) => {
  expect(decideExecution({ ...ready, ...change })).toEqual({ accepted: false, reason });
});
