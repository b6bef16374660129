import { describe, expect, test } from 'vitest';
import { fieldWords } from '../../../../../schema-snapshots/words.ts';
import { toMask } from '../../privacy/rules/mask.ts';
import { guessMapping } from './guess-mapping.ts';
import { judgeRow } from './judge-row.ts';
import { rowReader } from './read-row.ts';
import { toSafeCell } from './safe-cell.ts';
import type { ImportKind } from './targets.ts';

const words = fieldWords();
const read = (kind: ImportKind, table: Record<string, string>) =>
  rowReader({ kind, plan: guessMapping(kind, Object.keys(table), words), words, now: new Date('2026-11-22'), timeZone: 'Asia/Shanghai' })({
    line: 2,
    cells: Object.values(table),
  });

describe('SEC-1, IMP-1: a mask that comes back through a table is never a value', () => {
  test.each([
    ['手机', 'phone', toMask('phone', '13800131234')],
    ['手机', 'phone', toMask('phone', '010-65588888-12')],
    ['手机', 'phone', toSafeCell(toMask('phone', '+85221234567'))],
    ['手机', 'phone', toMask('phone', '10086')],
    ['邮箱', 'email', toMask('email', 'zhang@example.com')],
    ['邮箱', 'email', toMask('email', 'z@example.com')],
    ['微信', 'wechat', toMask('handle', 'zhang3')],
    ['微信', 'wechat', toMask('handle', 'zh')],
  ])('%s: of every form that an export writes it changes nothing: %s %s', (heading, field, cell) => {
    const row = read('contacts', { 客户: '北京甲有限公司', 姓名: '张三', [heading]: cell, 职务: '经理' });
    expect(row.values).toEqual({ crm_contacts: { name: '张三', position: '经理' } });
    expect([row.faults, row.masked]).toEqual([[], [{ column: 2, target: field }]]);
  });

  test('a text with stars that no export writes is a fault at its column', () => {
    const row = read('leads', { 线索名称: '甲', 微信: 'a***b***c' });
    expect([row.faults, row.masked]).toEqual([[{ column: 1, target: 'wechat', reason: 'masked' }], []]);
  });

  test('in a new row it is a fault, in one that stands it says nothing', () => {
    const { line, faults, masked } = read('customers', { 客户名称: '北京甲有限公司', 联系人: '张三', 微信: 'z***3' });
    expect(judgeRow({ line, faults, masked, matches: [] })).toEqual({
      verdict: 'error',
      faults: [{ column: 2, target: 'contact.wechat', reason: 'masked' }],
    });
    expect(judgeRow({ line, faults, masked, matches: [{ id: 'a', by: 'uscc', name: '北京甲有限公司' }] })).toMatchObject({
      verdict: 'update',
    });
  });
});
