import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dump } from '../installer/database-dump.ts';
import { sheetFile } from '../../harness/table-files.ts';
import { tableFiles } from '../../harness/table-files.ts';
import { Canaries } from '../sealing/open-sealed.ts';
import type { World } from '../access/world.ts';
import { csv, deskOf } from './desk.ts';

/** SEC-1, F21: what a file says lies nowhere in clear, and what leaves in a file runs nowhere. */
export function secrecySuite(world: () => World): void {
  const desk = () => deskOf(world().as.repA1);

  test('SEC-1: neither table, file, log nor answer to others holds what a file said, good rows, bad ones and headings alike', async () => {
    const canaries = new Canaries();
    const [word] = [canaries.word()];
    const row = () => [`${word}有限公司`, canaries.word(), canaries.phone(), `${canaries.word()}@example.com`, canaries.word()];
    const good = row();
    const bad = [canaries.word(), canaries.word(), `9${canaries.phone()}`, canaries.word(), canaries.phone()];
    const headings = ['客户名称', '联系人', '手机', '邮箱', canaries.word()];
    const view = await desk().bring(csv(headings, good, bad), { name: `清单.csv` });
    expect(view.counts).toMatchObject({ total: 2, error: 1 });
    const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
    await desk().bring(
      sheetFile(
        `<row r="1">${cell('A1', '客户名称')}${cell('B1', '电话')}</row><row r="2">${cell('A2', canaries.word())}${cell('B2', canaries.phone())}</row>`,
      ),
      { name: 'x.xlsx' },
    );
    // A table without headings: its first person stands where they should be.
    await desk().bring(csv([canaries.word(), canaries.phone()], [canaries.word(), canaries.phone()]));
    await desk().send(csv(['客户名称', '电话'], [canaries.word(), `"${canaries.phone()}`]));
    await desk().change(view.id, { mapping: { [headings[4]!]: 'needs' } });

    const { host } = world();
    expect(canaries.in(JSON.stringify((await dump(host.database)).tables))).toEqual([]);
    const files = readdirSync(host.dataDir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    expect(files.some(({ parentPath }) => parentPath.includes(view.id))).toBe(true);
    for (const file of files)
      expect([file.name, canaries.in(readFileSync(join(file.parentPath, file.name), 'latin1'))]).toEqual([file.name, []]);
    expect(canaries.in(host.logs())).toEqual([]);
    for (const who of ['adminA', 'sysadmin', 'exec'] as const)
      for (const path of [
        `/items/crm_imports?fields=*&limit=-1`,
        `/crm/imports`,
        `/revisions?limit=-1`,
        `/items/crm_audit?limit=1000&fields=*`,
      ])
        expect([who, path, canaries.in((await world().as[who].request('GET', path)).text)]).toEqual([who, path, []]);
    const seen = (await world().as.adminA.request('GET', `/crm/imports/${view.id}/rows`)).text;
    expect(canaries.in(seen).filter((one) => /^\d/u.test(one) || one.includes('@'))).toEqual([]);
  });

  describe('IMP-1, F21: the rows that were not imported come back as a file', () => {
    const rest = async (id: string) =>
      (await world().as.repA1.request('GET', `/crm/imports/${id}/rest`)) as { status: number; text: string; headers: Headers };

    test('each with its reason and line; corrected, it is read again as it stands', async () => {
      await world().create('repA1', 'crm_customers', { name: '王某某', kind: 'person', phone: '13712341234' });
      const first = await desk().bring(
        csv(
          ['客户名称', '客户类型', '电话', '地址', '备用'],
          ['好有限公司', '', '', '', ''],
          ['坏有限公司', '', '138', "=cmd|' /C calc'!A0", '+1'],
          ['王某', '个人', '13712341234', '-5', ''],
          ['', '', '', '一行', ''],
        ),
        { name: '三月 客户.csv' },
      );
      expect(first.counts).toMatchObject({ total: 4, new: 1, suspect: 1, error: 2 });
      const answer = await rest(first.id);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^text\/csv/u);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(decodeURIComponent(answer.headers.get('content-disposition')!)).toBe("attachment; filename*=UTF-8''三月 客户 未导入的行.csv");
      const files = tableFiles();
      const [header, ...lines] = await files.rowsOf(Buffer.from(`\uFEFF${answer.text.replace(/^\uFEFF/u, '')}`), { name: 'a.csv' });
      files.remove();
      expect(header!.cells).toEqual(['未导入原因', '原文件行号', '客户名称', '客户类型', '电话', '地址', '备用']);
      expect(lines.map(({ cells }) => [cells[1], cells[2], cells[5]])).toEqual([
        ['3', '坏有限公司', "'=cmd|' /C calc'!A0"],
        ['4', '王某', "'-5"],
        ['5', undefined, '一行'].map((cell) => cell ?? ''),
      ]);
      expect(lines[0]!.cells[0]).toMatch(/^电话：/u);
      expect(lines[1]!.cells[0]).toContain('王某某');
      expect(lines[2]!.cells[0]).toContain('必填');
      expect(answer.text).not.toMatch(/(?:^|,|")[=+@-]/mu);

      const again = await desk().bring(answer.text.replace('138,', '13855551234,'), { name: 'b.csv' });
      expect(again.counts).toMatchObject({ total: 3, new: 1, suspect: 1, error: 1 });
      const { rows } = await desk().rows(again.id);
      expect(rows[0]!.cells.slice(2)).toEqual(['坏有限公司', '', '13855551234', "'=cmd|' /C calc'!A0", "'+1"]);
      expect(await world().host.database('crm_audit').where({ collection: 'crm_imports', item: first.id, action: 'export' })).toHaveLength(
        1,
      );
    });

    test('of a batch without such rows it is a file of headings', async () => {
      const { id } = await desk().bring(csv(['客户名称'], ['只有好的有限公司']));
      expect((await rest(id)).text).toBe('未导入原因,原文件行号,客户名称\r\n');
    });
  });

  describe('IMP-2, IMP-4: templates', () => {
    const fetchBytes = async (path: string) => {
      const answer = await fetch(`${world().host.url}${path}`, { headers: { authorization: `Bearer ${world().as.repA1.token}` } });
      return { status: answer.status, type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) };
    };

    test.each(
      ['customers', 'contacts', 'leads', 'activities', 'orders'].flatMap((kind) =>
        ['csv', 'xlsx'].flatMap((format) => ['zh-CN', 'en-US'].map((language) => [kind, format, language] as const)),
      ),
    )('%s as %s in %s: every column is known, and the example is skipped when it comes back', async (kind, format, language) => {
      const { status, bytes } = await fetchBytes(`/crm/imports/templates/${kind}?format=${format}&language=${language}`);
      expect(status).toBe(200);
      const view = await desk().bring(bytes, { kind, name: `t.${format}` });
      expect([view.refusal?.reason, view.counts.total]).toEqual(['no_rows', 0]);
    });

    test('filled in below the example, they are imported without it', async () => {
      const { bytes } = await fetchBytes('/crm/imports/templates/customers?format=csv');
      const columns = bytes.toString().split('\r\n')[0]!.split(',').length;
      const view = await desk().bring(Buffer.concat([bytes, Buffer.from(`填好有限公司${','.repeat(columns - 1)}\r\n`)]));
      expect(view).toMatchObject({ counts: { total: 1, new: 1 } });
      expect(view.columns.every(({ target }) => target !== null)).toBe(true);
      expect((await desk().rows(view.id)).rows[0]!.line).toBe(3);
    });

    test('for an outage one workbook holds what is noted by hand, sheet by sheet', async () => {
      const { bytes, type } = await fetchBytes('/crm/imports/templates/activities?offline=true');
      expect(type).toContain('spreadsheetml');
      const files = tableFiles();
      const book = await files.open(bytes, { name: 'a.xlsx' });
      expect(book).toMatchObject({
        kind: 'xlsx',
        sheet: '行动',
        sheets: ['行动', '客户', '联系人', '线索', '说明'].map((name) => ({ name, hidden: false })),
      });
      files.remove();
    });

    test('nobody who may not import gets one, and there is none of other kinds', async () => {
      expect((await world().as.exec.request('GET', '/crm/imports/templates/customers')).status).toBe(403);
      expect((await world().as.repA1.request('GET', '/crm/imports/templates/users')).status).toBe(400);
      expect((await world().as.repA1.request('GET', '/crm/imports/templates/customers?format=exe')).status).toBe(400);
    });
  });
}
