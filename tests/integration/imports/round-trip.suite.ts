import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ImportKind } from '../../../extensions/crm/src/imports/rules/targets.ts';
import { ROOT } from '../../../extensions/crm/src/imports/rules/row-key.ts';
import type { Row } from '../../../extensions/crm/src/platform/api/host.ts';
import type { World } from '../access/world.ts';
import { counterOf } from '../exports/counter.ts';
import { deskOf } from './desk.ts';
import { committed } from './planted.ts';

/** Texts that a form stores and that a file could lose: each stands alone in a record. */
const TEXTS: readonly string[] = [
  ...['=1+1', "'=1+1", "''=1+1", '=HYPERLINK("http://x.example","点")', '="00123"', "'00123", "'", "''引号", "O'Brien", "'t Hof"],
  ...['+86 备注', '-减', '@at', '＝全角', '|cmd', '%0A', ' =空格', '"=引号', '“=引号'],
  ...['"', '""', '"引号", 逗号;分号', '甲"乙"丙', 'a\tb', '\t制表', '第一行\n第二行\n\n第四行', '行尾\r\n换行', '"引号\n换行", x'],
  ...['\u200F\u05E2\u05D1\u05E8\u05D9\u05EA\u200E abc', 'مرحبا', '零\u200B宽', '👨‍👩‍👧', 'e\u0301', '𠮷䶮', '\u00A0不断行'],
  ...[
    'a_x000D_b',
    '_x0041_',
    '_x005F_',
    '&amp; <b> ]]>',
    '{{7*7}}',
    'sep=;',
    '__proto__',
    '1.38E+10',
    '0012',
    '1,234',
    'TRUE',
    '2026-03-05',
    '12%',
  ],
  ...['#N/A', '#REF!', '#####', '#DIV/0!', 'null', 'N/A', '无', '-', '/', 'x'.repeat(20_000), '😀'.repeat(16_000)],
];
/** What no form stores, and no table either. */
const UNSTORABLE: readonly string[] = ['零\u0000点', '孤\ud800', '\udc00独'];

interface Kind {
  kind: ImportKind;
  /** What holds the text. */
  field: string;
  row(name: string, customer: string): Row;
  /** By what the row is called. */
  name: string;
  /** Found again, and written over; else what comes back is a row of its own. */
  isUpdated: boolean;
}

const KINDS: readonly Kind[] = [
  { kind: 'customers', field: 'needs', name: 'name', isUpdated: true, row: (name) => ({ name: `${name}有限公司` }) },
  { kind: 'contacts', field: 'notes', name: 'name', isUpdated: true, row: (name, customer) => ({ name, customer }) },
  { kind: 'leads', field: 'needs', name: 'title', isUpdated: false, row: (title) => ({ title }) },
  {
    kind: 'activities',
    field: 'notes',
    name: 'subject',
    isUpdated: false,
    row: (subject, customer) => ({ subject, customer, type: 'call' }),
  },
  { kind: 'orders', field: 'notes', name: 'number', isUpdated: true, row: (number, customer) => ({ number, customer }) },
];

/** What is exported comes back as it was (IMP-2, IMP-5, F21), whatever people have written. */
export function roundTripSuite(world: () => World): void {
  const client = () => world().as.repA1;

  test.each(KINDS.flatMap((kind) => (['csv', 'xlsx'] as const).map((format) => ({ ...kind, format }))))(
    'F21, IMP-5: $kind as $format, with every odd text',
    async ({ kind, field, name, isUpdated, row, format }) => {
      const { database } = world().host;
      const collection = ROOT[kind];
      const word = `往返${randomUUID().slice(0, 6)}`;
      const customer = (await world().create('repA1', 'crm_customers', { name: `${word}客户有限公司` })).id;
      const written = TEXTS.map((text, at) => ({ ...row(`${word}${String(at).padStart(2, '0')}`, customer), [field]: text }));
      const answer = await client().request('POST', `/items/${collection}?fields=id`, written);
      expect(answer.status, answer.text.slice(0, 500)).toBe(200);
      const ids: string[] = answer.body.data.map(({ id }: { id: string }) => id);
      const made = new Map<string, Row>((await database(collection).whereIn('id', ids)).map((one: Row) => [String(one[name]), one]));
      expect(made.size).toBe(TEXTS.length);
      for (const text of UNSTORABLE)
        expect((await client().request('POST', `/items/${collection}`, { ...row(`${word}x`, customer), [field]: text })).status).toBe(400);
      const counter = counterOf(client());
      const order = { collection, format, ids };
      const file = await counter.take(order);
      expect(file).toMatchObject({ status: 'done', rows: TEXTS.length });
      const { bytes } = await counter.fetchFile(file.id, world().host.url);
      if (isUpdated)
        await database(collection)
          .whereIn('id', ids)
          .update({ [field]: '改掉' });

      const desk = deskOf(client());
      const view = await desk.bring(bytes, { kind, name: file.file_name });
      const { rows } = await desk.rows(view.id, '&verdict=error');
      expect(rows.map(({ faults, cells }) => [faults, cells])).toEqual([]);
      expect(view.counts).toMatchObject({ total: TEXTS.length, [isUpdated ? 'update' : 'new']: TEXTS.length });
      expect(await committed(world(), view.id, 'repA1')).toMatchObject({ rows_done: TEXTS.length });
      const back: Row[] = isUpdated
        ? await database(collection).whereIn('id', ids)
        : await database(collection)
            .whereIn(name, [...made.keys()])
            .whereNotIn('id', ids);
      expect(back).toHaveLength(TEXTS.length);
      for (const one of back) {
        const { [field]: now, [name]: called } = one;
        const before = made.get(String(called))!;
        expect([called, String(now).slice(0, 100), String(now).length]).toEqual([
          called,
          String(before[field]).slice(0, 100),
          String(before[field]).length,
        ]);
        expect(now === before[field]).toBe(true);
      }
    },
  );
}
