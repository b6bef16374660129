import { describe, expect, test } from 'vitest';
import { workbookFile } from '../../harness/table-files.ts';
import type { World } from '../access/world.ts';
import { csv, deskOf } from './desk.ts';
import { committed } from './planted.ts';

/** A text in GB18030, which Node decodes but does not write. */
const gb = (text: string): Buffer => {
  const bytes: number[] = [];
  for (const sign of text) bytes.push(...(GB[sign] ?? [sign.charCodeAt(0)]));
  return Buffer.from(bytes);
};
/** The few signs of the tests, found by asking Node's own decoder. */
const GB: Record<string, number[]> = {};
const decoder = new TextDecoder('gb18030');
for (let high = 0xa1; high <= 0xf7; high += 1)
  for (let low = 0xa1; low <= 0xfe; low += 1) GB[decoder.decode(Uint8Array.of(high, low))] = [high, low];
for (const four of [
  [0x82, 0x35, 0x87, 0x38],
  [0x95, 0x32, 0x82, 0x36],
])
  GB[decoder.decode(Uint8Array.from(four))] = four;

/** How a file is read, and how the user says it otherwise. */
export function readingSuite(world: () => World): void {
  const desk = () => deskOf(world().as.repA1);
  const cellsOf = async (id: string) => (await desk().rows(id)).rows.map(({ cells }) => cells);

  test.each<[string, (text: string) => Buffer, string]>([
    ['UTF-8', (text) => Buffer.from(text), 'utf-8'],
    ['UTF-8 with its mark', (text) => Buffer.from(`\uFEFF${text}`), 'utf-8'],
    ['UTF-16 of a Windows program', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le'],
    ['GB18030 with signs of four bytes', gb, 'gb18030'],
  ])('F31: %s is found out, shown, and read without loss', async (_name, encode, encoding) => {
    const rare = decoder.decode(Uint8Array.of(0x95, 0x32, 0x82, 0x36));
    const view = await desk().bring(
      encode(csv(['客户名称', '地址'], [`北京${rare}有限公司`, '"上海，\n二楼"'], ['广州有限公司', '中山路１号'])),
    );
    expect(view).toMatchObject({ reading: { encoding }, counts: { total: 2, error: 0 } });
    expect((await cellsOf(view.id))[0]![0]).toBe(`北京${rare}有限公司`);
    expect((await desk().rows(view.id)).rows.map(({ line }) => line)).toEqual([2, 4]);
  });

  test('F31: the user may choose encoding, separator and sheet, with the upload or afterwards, and take it back', async () => {
    const text = csv(['客户名称;地址', '电话'], ['甲有限公司;一', '二']);
    const first = await desk().bring(text);
    expect(first.reading.delimiter).toBe(',');
    const changed = await desk().change(first.id, { delimiter: ';' });
    expect([changed.reading.delimiter, changed.columns.map(({ target }) => target)]).toEqual([';', ['name', null]]);
    expect((await desk().change(first.id, { delimiter: null })).reading.delimiter).toBe(',');
    expect((await desk().bring(text, { delimiter: ';' })).reading.delimiter).toBe(';');

    const wrong = await desk().change(first.id, { encoding: 'utf-16le' });
    expect(wrong.refusal?.reason ?? wrong.counts.new).toBeTruthy();
    expect((await desk().change(first.id, { encoding: null })).refusal).toBeNull();

    const cell = (ref: string, value: string) => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
    const sheet = (name: string, company: string, state?: 'hidden') => ({
      name,
      ...(state ? { state } : {}),
      rows: `<row r="1">${cell('A1', '客户名称')}</row><row r="2">${cell('A2', company)}</row>`,
    });
    const workbook = workbookFile([sheet('旧', '藏有限公司', 'hidden'), sheet('今年', '今有限公司'), sheet('去年', '去有限公司')]);
    const book = await desk().bring(workbook, { name: 'a.xlsx' });
    expect(book.reading).toMatchObject({
      sheet: '今年',
      sheets: [
        { name: '旧', hidden: true },
        { name: '今年', hidden: false },
        { name: '去年', hidden: false },
      ],
    });
    await desk().change(book.id, { sheet: '去年' });
    expect(await cellsOf(book.id)).toEqual([['去有限公司']]);
    const none = await desk().change(book.id, { sheet: '明年' });
    expect(none).toMatchObject({ status: 'uploaded', refusal: { reason: 'unknown_sheet' }, counts: { total: 0 }, can: { commit: false } });
    expect(none.refusal!.message).toContain('明年');
    expect((await desk().change(book.id, { sheet: '今年' })).counts.total).toBe(1);
  });

  test('F31: rows that a spreadsheet hides are read like all others, and counted', async () => {
    const cell = (ref: string, value: string) => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
    const rows = ['客户名称', '见有限公司', '藏有限公司'].map(
      (name, at) => `<row r="${at + 1}"${at === 2 ? ' hidden="1"' : ''}>${cell(`A${at + 1}`, name)}</row>`,
    );
    const view = await desk().bring(workbookFile([{ name: '一', rows: rows.join('') }]), { name: 'a.xlsx' });
    expect(view).toMatchObject({ counts: { total: 2 }, reading: { hidden_rows: 1 } });
  });

  describe('IMP-1: a first reading that fails is put right where it is, without a second upload', () => {
    const cell = (ref: string, value: string) => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
    const cover = {
      name: '封面',
      rows: `<row r="1">${cell('A1', '二〇二六年客户资料')}</row><row r="3">${cell('A3', '制表：市场部')}</row>`,
    };
    const table = (name: string, state?: 'hidden') => ({
      name,
      ...(state ? { state } : {}),
      rows: `<row r="1">${cell('A1', '客户名称')}</row><row r="2">${cell('A2', `${name}有限公司`)}</row>`,
    });

    test('by another encoding', async () => {
      const mixed = Buffer.concat([Buffer.from('客户名称\n甲乙公司\n'), Buffer.from('b1b1bea9', 'hex')]);
      const { status, body } = await desk().send(mixed);
      expect([status, body.status, body.refusal?.reason]).toEqual([201, 'uploaded', 'mixed_encodings']);
      expect(body).toMatchObject({ reading: { type: 'csv' }, counts: { total: 0 }, can: { change: true, commit: false } });
      expect(await desk().change(body.id, { encoding: 'utf-8' })).toMatchObject({
        refusal: { reason: 'undecodable' },
        reading: { type: 'csv', encoding: 'utf-8' },
      });
      expect(await desk().change(body.id, { encoding: 'gb18030' })).toMatchObject({ refusal: null, status: 'checked' });
    });

    test('by another line of headings, or not at all', async () => {
      const { status, body } = await desk().send(csv(['客户名称', '电话']));
      expect([status, body.refusal?.reason]).toEqual([201, 'no_rows']);
      expect(body.refusal!.message).toMatch(/另选工作表/u);
      expect(await desk().change(body.id, { header_line: 9 })).toMatchObject({ refusal: { reason: 'no_heading_line' } });
      expect((await world().as.repA1.request('DELETE', `/crm/imports/${body.id}`)).status).toBe(204);
    });

    test('by another sheet; the first visible one with headings of the kind and rows is taken by itself', async () => {
      const empty = { name: '空', rows: '' };
      const book = await desk().bring(workbookFile([empty, cover, table('客户表'), table('旧表')]), { name: 'a.xlsx' });
      expect(book).toMatchObject({ status: 'checked', reading: { sheet: '客户表' }, counts: { total: 1, new: 1 } });
      // Whatever else is said of it, that sheet stays.
      expect(await desk().change(book.id, { header_line: 2 })).toMatchObject({ reading: { sheet: '客户表', header_line: 2 } });
      expect(await desk().change(book.id, { header_line: null, sheet: '旧表' })).toMatchObject({
        reading: { sheet: '旧表' },
        counts: { new: 1 },
      });
      const hidden = await desk().send(workbookFile([empty, table('藏', 'hidden')]), { name: 'b.xlsx' });
      expect([hidden.status, hidden.body.refusal?.reason]).toEqual([201, 'no_rows']);
      expect(hidden.body.reading.sheets).toEqual([
        { name: '空', hidden: false },
        { name: '藏', hidden: true },
      ]);
      expect(await desk().change(hidden.body.id, { sheet: '藏' })).toMatchObject({ status: 'checked', counts: { new: 1 } });
    });
  });

  test('F31: nonsense is refused in plain words, and the import stays as it is', async () => {
    const { id } = await desk().bring(csv(['客户名称'], ['甲有限公司']));
    const tries: [unknown, string][] = [
      [{ encoding: 'latin1' }, 'bad_choice'],
      [{ delimiter: 'x' }, 'bad_choice'],
      [{ mapping: { 没有: 'name' } }, 'unknown_header'],
      [{ mapping: { 客户名称: 'owner.role' } }, 'unknown_target'],
      [{ mapping: { 客户名称: ['name'] } }, 'unknown_target'],
      [{ mapping: ['name'] }, 'bad_choice'],
      [JSON.parse('{"mapping":{"__proto__":{"x":1}}}'), 'unknown_header'],
      [{ columns: { 7: 'name' } }, 'unknown_header'],
      [{ columns: { 0: 'segment' } }, 'unknown_target'],
      [{ columns: { x: 'name' } }, 'bad_value'],
      [{ status: 'imported' }, 'bad_value'],
      [{ header_line: -1 }, 'bad_value'],
      [[], 'bad_value'],
    ];
    for (const [body, reason] of tries) {
      const answer = await world().as.repA1.request('PATCH', `/crm/imports/${id}`, body);
      expect([body, answer.status, answer.body.errors[0].extensions.reason]).toEqual([body, 400, reason]);
      expect(answer.body.errors[0].message).toMatch(/\p{Script=Han}/u);
    }
    expect((await desk().view(id)).body).toMatchObject({ status: 'checked', counts: { total: 1, new: 1 } });
  });

  describe('IMP-2: what a column is', () => {
    test('what the user says is remembered for this person, this kind and this heading', async () => {
      const table = csv(['抬头', '旧编号', '客户名称'], ['甲有限公司', '9', '乙有限公司']);
      const first = await desk().bring(table);
      expect(first.columns.map(({ target, ignored }) => target ?? ignored)).toEqual(['unknown', 'unknown', 'name']);
      const changed = await desk().change(first.id, { mapping: { 抬头: 'name', 客户名称: null } });
      expect(changed.columns.map(({ target, ignored }) => target ?? ignored)).toEqual(['name', 'unknown', 'chosen']);
      expect((await desk().bring(table)).columns.map(({ target, ignored }) => target ?? ignored)).toEqual(['name', 'unknown', 'chosen']);
      const others = await deskOf(world().as.repA2).bring(table);
      expect(others.columns.map(({ target, ignored }) => target ?? ignored)).toEqual(['unknown', 'unknown', 'name']);
      expect((await desk().bring(csv(['抬头'], ['x']), { kind: 'leads' })).columns[0]!.target).toBeNull();
      // The latest word counts.
      await desk().change(first.id, { mapping: { 抬头: null, 客户名称: 'name' } });
      expect((await desk().view(first.id)).body.columns.map(({ target, ignored }) => target ?? ignored)).toEqual([
        'chosen',
        'unknown',
        'name',
      ]);
    });

    test('F28, F32: a column of segments stops everything until it is left out; ways into other rows are no fields', async () => {
      const view = await desk().bring(
        csv(['客户名称', '版块', 'owner.role', '__proto__', 'a[99999999]', 'id'], ['甲有限公司', 't-b', 'x', 'y', 'z', '1']),
      );
      expect(view.columns.map(({ target, ignored }) => target ?? ignored)).toEqual([
        'name',
        'segment',
        'not_a_field',
        'not_a_field',
        'not_a_field',
        'kept_by_server',
      ]);
      expect(view).toMatchObject({ counts: { total: 1, error: 1, new: 0 }, can: { commit: false } });
      expect((await desk().rows(view.id)).rows[0]!.faults).toMatchObject([{ reason: 'segment_column', name: 'B' }]);
      const without = await desk().change(view.id, { mapping: { 版块: null } });
      expect(without).toMatchObject({ counts: { new: 1, error: 0 }, segment: { id: world().segment.a }, can: { commit: true } });
      // Another file asks again.
      expect((await desk().bring(csv(['客户名称', '版块'], ['甲有限公司', 't-b']))).columns[1]).toMatchObject({ ignored: 'segment' });
      const byColumn = await desk().change(view.id, { columns: { 2: 'owner', 4: null } });
      expect(byColumn.columns.map(({ target, ignored }) => target ?? ignored).slice(2, 5)).toEqual(['owner', 'not_a_field', 'chosen']);
    });

    test('F28: headings that are no names go where a person says, by number or by heading, and the next file asks again', async () => {
      const name = `括号${Date.now()}有限公司`;
      const table = csv(['客户名称', 'Revenue [CNY]', 'Phone__c'], [name, '120000', '010-61230009']);
      const view = await desk().bring(table);
      const told = ({ columns }: typeof view) => columns.map(({ target, ignored }) => target ?? ignored);
      expect(told(view)).toEqual(['name', 'not_a_field', 'not_a_field']);
      const byHand = await desk().change(view.id, { columns: { 1: 'annual_revenue' }, mapping: { Phone__c: 'website' } });
      expect(told(byHand)).toEqual(['name', 'annual_revenue', 'website']);
      expect(told(await desk().change(view.id, { mapping: { Phone__c: 'phone' } }))).toEqual(['name', 'annual_revenue', 'phone']);
      expect((await desk().rows(view.id)).rows[0]).toMatchObject({ verdict: 'new' });
      expect(told(await desk().bring(table))).toEqual(['name', 'not_a_field', 'not_a_field']);
      expect(await committed(world(), view.id, 'repA1')).toMatchObject({ rows_done: 1 });
      const row = await world().host.database('crm_customers').where({ name }).first('annual_revenue', 'phone');
      expect([Number(row.annual_revenue), row.phone]).toEqual([120_000, '010-61230009']);
    });

    test('a table without known headings waits for the user to say what is what', async () => {
      const view = await desk().bring(csv(['x', 'y'], ['甲有限公司', '1']));
      expect(view).toMatchObject({ counts: { total: 1, error: 1 }, can: { commit: false, change: true } });
      expect(await desk().change(view.id, { mapping: { x: 'name' } })).toMatchObject({
        counts: { new: 1, error: 0 },
        can: { commit: true },
      });
    });

    test('the user may say which row holds the headings', async () => {
      const view = await desk().bring(
        csv(['客户名称', '电话', '地址'], ['合计', '', ''], ['客户', '座机', ''], ['甲有限公司', '010-61230001', '']),
      );
      expect(view.reading.header_line).toBe(1);
      expect(await desk().change(view.id, { header_line: 3 })).toMatchObject({ reading: { header_line: 3 }, counts: { total: 1, new: 1 } });
    });

    test('targets are told in the language of the person, with those that are needed', async () => {
      const view = await desk().bring(csv(['客户名称'], ['甲有限公司']));
      expect(view.targets.filter(({ needed }) => needed).map(({ key, label }) => [key, label])).toEqual([['name', '客户名称']]);
      await world().host.database('directus_users').where({ id: world().id.repA1 }).update({ language: 'en-US' });
      try {
        const english = (await desk().view(view.id)).body;
        expect(english.targets.find(({ key }) => key === 'name')!.label).toBe('Customer name');
        const bad = await desk().bring(csv(['客户名称', '手机'], ['甲有限公司', '138']));
        expect((await desk().rows(bad.id)).rows[0]!.faults[0]!.message).toMatch(/^[\x20-\x7e“”]+$/u);
      } finally {
        await world().host.database('directus_users').where({ id: world().id.repA1 }).update({ language: null });
      }
    });
  });
}
