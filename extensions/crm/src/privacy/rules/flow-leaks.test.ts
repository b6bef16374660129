import { describe, expect, it } from 'vitest';
import { stepsIntoWriting } from './flow-leaks.ts';

const OURS = ['crm_contacts', 'crm_leads'];

describe('SEC-1: flows and sealed values', () => {
  it.each([
    [{ type: 'filter', scope: ['items.create'], collections: ['crm_contacts'] }, true],
    [{ type: 'filter', scope: 'items.update', collections: 'crm_leads' }, true],
    [{ type: 'filter', scope: ['items.delete'], collections: ['crm_contacts'] }, false],
    [{ type: 'filter', scope: ['items.create'], collections: ['articles'] }, false],
    [{ type: 'action', scope: ['items.create'], collections: ['crm_contacts'] }, false],
    [{ type: 'filter', scope: ['crm_contacts.items.update'] }, true],
    [{ type: 'filter', scope: ['*.items.*'] }, true],
    [{ type: 'filter', scope: ['**'] }, true],
    [{ type: 'filter', scope: ['*.create'] }, true],
    [{ type: 'filter', scope: ['auth.*', 'users.create'] }, false],
  ])('a flow with %j: %s', (options, expected) => {
    expect(stepsIntoWriting({ trigger: 'event', options }, OURS)).toBe(expected);
    expect(stepsIntoWriting({ trigger: 'manual', options }, OURS)).toBe(false);
  });
});
