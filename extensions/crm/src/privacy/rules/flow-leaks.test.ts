import { describe, expect, it } from 'vitest';
import { eventsOf, stepsIntoWriting, withEvents } from './flow-leaks.ts';

const leads = (collection: string) => ['crm_contacts', 'visits'].includes(collection);
const OURS = ['crm_contacts', 'crm_leads'];

describe('SEC-1: flows and sealed values', () => {
  it.each([
    ['item-create', { collection: 'crm_contacts', emitEvents: true }, 'fine'],
    ['item-create', { collection: 'crm_contacts' }, 'unsaid'],
    ['item-update', { collection: 'visits', emitEvents: false }, 'without'],
    ['item-update', { collection: '{{ $trigger.collection }}', emitEvents: '{{ no }}' }, 'without'],
    ['item-update', '{"collection":"crm_contacts","emitEvents":false}', 'without'],
    ['item-update', { collection: 'articles', emitEvents: false }, 'fine'],
    ['item-delete', { collection: 'crm_contacts', emitEvents: false }, 'fine'],
    ['log', 'not JSON', 'fine'],
  ])('%s %j is %s', (type, options, expected) => {
    expect(eventsOf({ type, options }, leads)).toBe(expected);
    expect(eventsOf(withEvents({ type, options }), leads)).toBe('fine');
  });

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
