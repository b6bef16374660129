import { describe, expect, test } from 'vitest';
import { fieldWords } from '../../../../../schema-snapshots/words.ts';
import { guessMapping } from './guess-mapping.ts';
import { judgeRow, type Candidate, type Match } from './judge-row.ts';
import { lookupOf, splitTags } from './lookup.ts';
import { rowReader } from './read-row.ts';
import { matchKeys, rowContent } from './row-key.ts';
import type { ImportKind } from './targets.ts';

const words = fieldWords();
const match = (by: Match['by'], id = 'a', more: Partial<Match> = {}): Match => ({ id, by, name: `客户${id}`, ...more });
const judged = (more: Partial<Candidate>) => judgeRow({ line: 9, faults: [], matches: [], ...more });

describe('IMP-1, DQ-5: what becomes of a row', () => {
  test.each<[string, Partial<Candidate>, object]>([
    ['nothing like it stands', {}, { verdict: 'new' }],
    [
      'the name stands with the row of the code and with another, in any order',
      { matches: [match('name', 'a'), match('name', 'b'), match('uscc', 'a')] },
      { verdict: 'error', faults: [{ reason: 'keys_disagree', values: { other: '客户a' } }] },
    ],
    [
      'the same in the other order',
      { matches: [match('uscc', 'a'), match('name', 'b'), match('name', 'a')] },
      { verdict: 'error', faults: [{ reason: 'keys_disagree', values: { other: '客户a' } }] },
    ],
    ['the credit code stands', { matches: [match('uscc')] }, { verdict: 'update', id: 'a', by: 'uscc' }],
    ['the own number stands', { matches: [match('number')] }, { verdict: 'update', id: 'a', by: 'number' }],
    ['the name stands', { matches: [match('name')] }, { verdict: 'update', id: 'a', by: 'name' }],
    ['the stronger key is named', { matches: [match('name'), match('uscc')] }, { verdict: 'update', id: 'a', by: 'uscc' }],
    ['the name stands with another credit code', { uscc: 'X', matches: [match('name', 'a', { uscc: 'Y' })] }, { verdict: 'suspect' }],
    ['the name of a person stands', { isPerson: true, matches: [match('name')] }, { verdict: 'suspect' }],
    [
      "a contact's name stands below its customer",
      { isPerson: true, matches: [match('name', 'a', { below: { contradicts: false } }), match('phone', 'b')] },
      { verdict: 'update', id: 'a', by: 'name' },
    ],
    [
      "a contact's name stands below its customer with another number",
      { isPerson: true, matches: [match('name', 'a', { below: { contradicts: true } })] },
      { verdict: 'suspect' },
    ],
    ['only the telephone stands', { matches: [match('phone')] }, { verdict: 'suspect' }],
    ['two customers have the name', { matches: [match('name', 'a'), match('name', 'b')] }, { verdict: 'suspect' }],
    [
      'code and name belong to two customers',
      { matches: [match('uscc', 'a'), match('name', 'b')] },
      { verdict: 'error', faults: [{ reason: 'keys_disagree', values: { other: '客户a' } }] },
    ],
    ['an earlier line says the same', { earlier: { line: 4, says: 'same' } }, { verdict: 'known', line: 4 }],
    [
      'an earlier line says otherwise',
      { earlier: { line: 4, says: 'other', at: null } },
      { verdict: 'error', faults: [{ column: null, reason: 'twice_in_file', values: { line: 4 } }] },
    ],
    [
      'an earlier line says otherwise in one column',
      { earlier: { line: 4, says: 'other', at: { column: 2, target: 'address', name: '地址' } } },
      { verdict: 'error', faults: [{ column: 2, target: 'address', reason: 'twice_in_file', values: { line: 4, column: '地址' } }] },
    ],
    [
      'another contact of a company that an earlier line brings',
      { earlier: { line: 4, says: 'contact', over: null }, matches: [match('phone')] },
      { verdict: 'new', company_line: 4 },
    ],
    [
      'another contact of a company that an earlier line changes',
      { earlier: { line: 4, says: 'contact', over: { id: 'a', by: 'uscc', name: '客户a' } } },
      { verdict: 'update', id: 'a', by: 'uscc', company_line: 4 },
    ],
    ['the same file brought it before', { imported: { id: 'a' }, matches: [match('name', 'a')] }, { verdict: 'known', id: 'a' }],
    [
      'a fault comes before everything',
      { faults: [{ column: 1, target: 'phone', reason: 'phone.length' }], matches: [match('uscc')] },
      { verdict: 'error', faults: [{ column: 1 }] },
    ],
  ])('%s', (_name, candidate, verdict) => {
    expect(judged(candidate)).toMatchObject(verdict);
  });
});

describe('F32: a row is known again by what it says', () => {
  const read = (kind: ImportKind, table: Record<string, string>) =>
    rowReader({ kind, plan: guessMapping(kind, Object.keys(table), words), words, now: new Date('2026-11-22'), timeZone: 'Asia/Shanghai' })(
      { line: 2, cells: Object.values(table) },
    );

  test('whatever the order of columns and the form of cells', () => {
    const one = read('customers', { 客户名称: '北京甲（集团）有限公司', 电话: '138 0013 8000', 负责人: '李四' });
    const other = read('customers', { Phone: '13800138000', Owner: '李四', Name: '北京甲(集团)有限公司 ' });
    expect(rowContent('customers', one)).toBe(rowContent('customers', other));
    expect(rowContent('customers', read('customers', { 客户名称: '北京乙有限公司' }))).not.toBe(rowContent('customers', one));
  });

  test('its keys, the strongest first', () => {
    expect(
      matchKeys(
        'customers',
        read('customers', { 电话: '13800138000', 客户名称: '北京甲有限公司', 统一社会信用代码: '91350100M000100Y43' }),
      ),
    ).toEqual([
      { by: 'uscc', collection: 'crm_customers', field: 'uscc', value: '91350100M000100Y43' },
      { by: 'name', collection: 'crm_customers', field: 'name', value: '北京甲有限公司' },
      { by: 'phone', collection: 'crm_customers', field: 'phone', value: '13800138000' },
    ]);
    const withContact = read('customers', { 客户名称: '北京甲有限公司', 联系人: '李雷', 手机: '13800138000', 邮箱: 'L@Example.com' });
    expect(matchKeys('customers', withContact)).toEqual([
      { by: 'name', collection: 'crm_customers', field: 'name', value: '北京甲有限公司' },
      { by: 'phone', collection: 'crm_contacts', field: 'phone', value: '13800138000' },
      { by: 'email', collection: 'crm_contacts', field: 'email', value: 'l@example.com' },
    ]);
    expect(matchKeys('activities', read('activities', { 主题: 'x', 跟进方式: '电话' }))).toEqual([]);
    expect(matchKeys('orders', read('orders', { 订单号: 'A-1', 客户名称: '北京甲' }))).toEqual([
      { by: 'number', collection: 'crm_orders', field: 'number', value: 'A-1' },
    ]);
  });
});

describe('IMP-1: rows that a cell names', () => {
  const people = lookupOf([
    { id: '1', names: ['李 四', 'li@example.com', 'E001'] },
    { id: '2', names: ['李四', 'li2@example.com', null] },
    { id: '3', names: ['Anna Berg', 'Berg Anna', 'anna@example.com', undefined] },
  ]);
  test.each([
    ['李四', { state: 'ambiguous' }],
    ['e001', { state: 'found', id: '1' }],
    ['Li2@Example.com', { state: 'found', id: '2' }],
    ['berg  anna', { state: 'found', id: '3' }],
    ['王五', { state: 'unknown' }],
    ['', { state: 'unknown' }],
    ['__proto__', { state: 'unknown' }],
  ])('%s', (text, found) => {
    expect(people.find(text)).toEqual(found);
  });

  test('tags, however they are separated, each once', () => {
    expect(splitTags('大客户、意向；大客户 / 新,老|x\ny', () => false)).toEqual(['大客户', '意向', '新', '老', 'x', 'y']);
  });
});
