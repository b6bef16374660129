import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fieldWords } from '../../../../schema-snapshots/words.ts';
import { COLLECTIONS } from '../kernel/collections.ts';
import { readKeyring } from '../platform/api/keyring.ts';
import { newSubject } from '../privacy/index.ts';
import { guessMapping } from './rules/guess-mapping.ts';
import { judgeRow } from './rules/judge-row.ts';
import { rowReader } from './rules/read-row.ts';
import { IMPORT_ROWS, IMPORTS, openPart, rowKeys, sealPart, stageLine, type StagedContent } from './staging.ts';

const now = new Date('2026-11-22T10:00:00Z');
const entry = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const [K1, K2] = [entry('k1'), entry('k2')];
const ringOf = (text: string) => {
  const reading = readKeyring(text);
  if (!reading.accepted) throw new Error(reading.reason.reason);
  return reading.value;
};
const ring = ringOf(K1);
const batch = { kind: 'customers' as const, segment: 's1' };
const importOf = (id: string) => newSubject(ring, IMPORTS, id, now).subject;
const subject = importOf('7d0c1c1e-0000-4000-8000-000000000001');

const headers = ['客户名称', '联系人', '手机', '邮箱', '负责人'];
const read = (...cells: string[]) =>
  rowReader({
    kind: 'customers',
    plan: guessMapping('customers', headers, fieldWords()),
    words: fieldWords(),
    now,
    timeZone: 'Asia/Shanghai',
  })({ line: 5, cells });
const good = ['北京甲有限公司', '李雷', '13800131234', 'li@example.com', '王五'];
const bad = ['北京甲有限公司', '李雷', '1380013123499', 'li@example', '王五'];
const stage = (cells: string[]) => {
  const row = read(...cells);
  return stageLine(ring, subject, batch, { read: row, cells, verdict: judgeRow({ line: 5, faults: row.faults, matches: [] }) });
};

describe('SEC-1, F32: a staged line', () => {
  test.each([
    ['a good one', good, 'new'],
    ['one with errors', bad, 'error'],
  ])('%s says nothing in clear, and its own import opens all of it', (_name, cells, verdict) => {
    const row = stage(cells);
    expect(row).toMatchObject({ line: 5, verdict, collection: 'crm_customers', item: null, state: 'staged' });
    expect(JSON.stringify(row)).not.toMatch(/13800131234|1380013123499|li@example|李雷|北京甲|王五/u);
    const opened = openPart<StagedContent>(subject, String(row['id']), 'content', String(row['content']));
    expect(opened).toMatchObject({ accepted: true, value: { cells, lookups: [{ target: 'owner', text: '王五' }] } });
    if (opened.accepted)
      expect(opened.value.faults.map(({ reason }) => reason)).toEqual(verdict === 'error' ? ['phone.length', 'email.shape'] : []);
  });

  test('has the columns of the model, and none that it lacks', () => {
    const fields = COLLECTIONS[IMPORT_ROWS]!.fields;
    const row = stage(good);
    expect(Object.keys(row).sort()).toEqual(Object.keys(fields).sort());
    for (const [name, { notNull }] of Object.entries(fields)) if (notNull) expect(row[name]).not.toBeNull();
  });

  test('is opened by no other import, in no other row and no other column', () => {
    const [one, other] = [stage(good), stage(bad)];
    const sealed = String(one['content']);
    expect(openPart(importOf('7d0c1c1e-0000-4000-8000-000000000002'), String(one['id']), 'content', sealed).accepted).toBe(false);
    expect(openPart(subject, String(other['id']), 'content', sealed).accepted).toBe(false);
    expect(openPart(subject, String(one['id']), 'image_before', sealed).accepted).toBe(false);
    const image = { name: '北京乙有限公司', phone: '138****1234', owner: null };
    expect(openPart(subject, String(one['id']), 'image_before', sealPart(subject, String(one['id']), 'image_before', image))).toEqual({
      accepted: true,
      value: image,
    });
  });

  test('is known again in its segment, in whatever form its cells come, and after a rotation of the keys', () => {
    const key = (cells: string[], segment = 's1') => rowKeys(ring, 'customers', segment, read(...cells))[0];
    expect(key(good)).toBe(key([' 北京甲有限公司', '李 雷', '+86 138 0013 1234', 'LI@example.com', '王五']));
    expect(key(good)).not.toBe(key(good, 's2'));
    expect(key(good)).not.toBe(key(good.with(0, '北京乙有限公司')));
    expect(rowKeys(ringOf(`${K2},${K1}`), 'customers', 's1', read(...good))).toContain(key(good));
  });
});
