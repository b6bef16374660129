import { describe, expect, it } from 'vitest';
import { eventsOf, withEvents, type EventsRule } from './operation-events.ts';

const RULE: EventsRule = {
  types: ['item-create', 'item-update'],
  reaches: (collection) => ['crm_contacts', 'visits'].includes(collection),
};

describe('SEC-1, SEC-3: operations of flows and their events', () => {
  it.each([
    ['item-create', { collection: 'crm_contacts', emitEvents: true }, 'fine'],
    ['item-create', { collection: 'crm_contacts' }, 'unsaid'],
    ['item-update', { collection: 'visits', emitEvents: false }, 'without'],
    ['item-update', { collection: ' visits ', emitEvents: false }, 'without'],
    ['item-update', { collection: '{{ $trigger.collection }}', emitEvents: '{{ no }}' }, 'without'],
    ['item-update', '{"collection":"crm_contacts","emitEvents":false}', 'without'],
    ['item-update', { collection: 'articles', emitEvents: false }, 'fine'],
    ['item-delete', { collection: 'crm_contacts', emitEvents: false }, 'fine'],
    ['log', 'not JSON', 'fine'],
  ])('%s %j is %s', (type, options, expected) => {
    expect(eventsOf({ type, options }, RULE)).toBe(expected);
    expect(eventsOf(withEvents({ type, options }), RULE)).toBe('fine');
  });
});
