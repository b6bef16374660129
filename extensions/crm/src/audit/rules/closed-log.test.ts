import { describe, expect, it } from 'vitest';
import { graphqlTouchesLog, operationTouchesLog, relationTouchesLog, schemaTouchesLog } from './closed-log.ts';

const isLog = (name: string) => name === 'crm_audit';

describe('SEC-3: ways to the log that are no writes of its rows', () => {
  it.each([
    [{ type: 'item-delete', options: { collection: 'crm_audit' } }, true],
    [{ type: 'item-update', options: '{"collection":" crm_audit "}' }, true],
    [{ type: 'item-create', options: { collection: '{{$trigger.c}}' } }, true],
    [{ type: 'item-delete', options: { collection: ['crm_audit'] } }, true],
    [{ options: { collection: 'crm_audit' } }, true],
    [{ type: 'item-delete', options: { collection: 'crm_customers' } }, false],
    [{ type: 'item-read', options: { collection: 'crm_audit' } }, false],
    [{ type: 'log', options: { message: 'crm_audit' } }, false],
    [{ type: 'item-delete', options: null }, false],
  ])('operation %j: %s', (operation, touches) => expect(operationTouchesLog(operation, {}, isLog)).toBe(touches));

  it('judges a change of an operation together with what stands', () => {
    expect(operationTouchesLog({ type: 'item-delete' }, { type: 'log', options: '{"collection":"crm_audit"}' }, isLog)).toBe(true);
  });

  it('relations and schema changes at either end', () => {
    expect(relationTouchesLog({ collection: 'toys', field: 'a', related_collection: 'crm_audit' }, isLog)).toBe(true);
    expect(relationTouchesLog({ collection: 'toys', related_collection: 'toys' }, isLog)).toBe(false);
    expect(schemaTouchesLog({ diff: { fields: [{ collection: 'crm_audit', field: 'x' }] } }, isLog)).toBe(true);
    expect(schemaTouchesLog({ diff: { fields: [{ collection: 'toys', field: 'x' }] } }, isLog)).toBe(false);
    expect(schemaTouchesLog('x', isLog)).toBe(false);
  });

  it('links to several collections, the log among them', () => {
    const meta = (...names: string[]) => ({ meta: { one_allowed_collections: names } });
    expect(relationTouchesLog({ collection: 'toys', related_collection: null, ...meta('toys', 'crm_audit') }, isLog)).toBe(true);
    expect(relationTouchesLog(meta('crm_audit'), isLog)).toBe(true);
    expect(relationTouchesLog({ collection: 'toys', ...meta('toys') }, isLog)).toBe(false);
    const edit = {
      collection: 'toys',
      field: 'item',
      diff: [{ kind: 'A', path: ['meta', 'one_allowed_collections'], index: 1, item: { kind: 'N', rhs: 'crm_audit' } }],
    };
    expect(schemaTouchesLog({ diff: { relations: [edit] } }, isLog)).toBe(true);
  });

  it('GraphQL that no event announces', () => {
    expect(graphqlTouchesLog('mutation { utils_sort(collection: $c) }', { c: 'crm_audit' })).toBe(true);
    expect(graphqlTouchesLog('query { crm_audit { id } }', null)).toBe(false);
  });
});
