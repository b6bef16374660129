import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../kernel/flows/operation-events.ts';
import { loggingRule } from './silent-operations.ts';

const relations = [
  { collection: 'visits', field: 'contact', related_collection: 'crm_contacts', meta: null },
  { collection: 'crm_contacts', field: 'tour', related_collection: 'tours', meta: { one_field: 'people' } },
  { collection: 'directus_files', field: 'folder', related_collection: 'directus_folders', meta: null },
];
const links = [
  { from: 'crm_contacts', field: 'tour', to: 'tours', onDelete: 'SET NULL' },
  { from: 'directus_files', field: 'folder', to: 'directus_folders', onDelete: 'SET NULL' },
  { from: 'visits', field: 'contact', to: 'crm_contacts', onDelete: 'SET NULL' },
];
const rule = loggingRule(relations, links, ['crm_contacts', 'crm_stages', 'directus_users', 'directus_permissions', 'directus_files']);

describe('SEC-3: operations of flows that write without a trace', () => {
  it.each([
    ['item-create', 'crm_stages', {}, true],
    ['item-update', 'directus_users', {}, true],
    ['item-delete', 'directus_permissions', undefined, true],
    ['item-delete', 'crm_contacts', undefined, true],
    ['item-delete', 'tours', undefined, true],
    ['item-delete', 'directus_folders', undefined, true],
    ['item-delete', 'visits', undefined, false],
    ['item-update', 'visits', { title: 'x', contact: 5 }, false],
    ['item-update', 'visits', { contact: { name: 'x' } }, true],
    ['item-update', 'tours', '{"people":[1]}', true],
    ['item-create', 'tours', [{ title: 'x' }, { people: { create: [] } }], true],
    ['item-create', 'tours', { title: '{{ $trigger.payload }}' }, true],
    ['item-create', 'tours', '{{ $trigger.payload }}', true],
    ['item-create', 'tours', 'not JSON', false],
    ['item-create', 'articles', { contact: { name: 'x' } }, false],
    ['item-create', '{{ $trigger.collection }}', {}, true],
  ])('%s on %s with %j: %s', (type, collection, payload, isBound) => {
    const events = eventsOf({ type, options: { collection, payload, emitEvents: false } }, rule);
    expect(events).toBe(isBound ? 'without' : 'fine');
  });
});
