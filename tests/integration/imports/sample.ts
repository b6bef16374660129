import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MARKED } from '../../../extensions/crm/src/imports/sample/marks.ts';
import { ROOT } from '../../../extensions/crm/src/imports/rules/row-key.ts';
import { IMPORTS } from '../../../extensions/crm/src/imports/staging.ts';
import { ENDED } from '../../../extensions/crm/src/imports/store/import-row.ts';
import type { PersonName } from '../access/world.ts';
import type { Stage } from '../customers/stage.ts';
import { committed, ended, plantImport, type Line } from './planted.ts';

/** The check by somebody else, without which a large batch is not accepted (IMP-3, N6). */
export function sampleOfImports(stage: () => Stage): void {
  describe('the sample of an import', () => {
    const bring = async (word: string, count: number, who: PersonName = 'headA') => {
      const { world } = stage();
      const lines = Array.from({ length: count }, (_, number): Line => ({
        cells: {
          客户名称: `${word}${number}有限公司`,
          负责人: 'owner',
          联系人: `抽检人${number}`,
          手机: `135${String(number).padStart(8, '0')}`,
        },
      }));
      const names = new Map([['owner', who === 'repA1' ? world.id.repA1 : world.id.repA2]]);
      const id = await plantImport(world, { kind: 'customers', who, segment: world.segment.a, names, lines });
      await committed(world, id, who);
      return id;
    };
    const marked = async (id: string): Promise<number> => {
      let count = 0;
      for (const table of MARKED) count += (await stage().world.host.database(table).where({ pending_import: id })).length;
      return count;
    };
    const get = (id: string, who: PersonName) => stage().world.as[who].request('GET', `/crm/imports/${id}/sample`);
    const post = (id: string, who: PersonName, body: object) => stage().world.as[who].request('POST', `/crm/imports/${id}/sample`, body);
    const reason = (answer: { body: { errors: { extensions: { reason?: string } }[] } }) => answer.body.errors[0]!.extensions.reason;

    test('IMP-3: the mark can stand on rows of every kind that is imported', () => {
      expect([...MARKED].sort()).toEqual(Object.values(ROOT).sort());
    });

    test('IMP-3: fifty rows need no check, and bear no mark', async () => {
      const id = await bring('五十', 50);
      const row = await stage().world.host.database(IMPORTS).where({ id }).first();
      expect([row.sample_state, row.sample_seed, await marked(id)]).toEqual(['not_needed', null, 0]);
      expect(reason(await get(id, 'adminA'))).toBe('no_sample');
    });

    test('IMP-3, N6: more rows wait, marked, for somebody else, who finds the drawn rows that anybody can redraw', async () => {
      const { world } = stage();
      const id = await bring('抽检', 60);
      expect(await marked(id)).toBe(120);
      const { status, body } = await get(id, 'adminA');
      expect([status, body.state, body.percent, body.size, body.rows.length]).toEqual([200, 'waiting', 10, 6, 6]);
      const ranked = Array.from({ length: 60 }, (_, at) => at + 2)
        .map((line) => ({ line, rank: createHash('sha256').update(`${body.seed}:${line}`).digest('hex') }))
        .sort((one, other) => (one.rank < other.rank ? -1 : 1));
      expect(body.rows.map(({ line }: { line: number }) => line)).toEqual(ranked.slice(0, 6).map(({ line }) => line));
      const [first] = body.rows;
      const phone = first.fields.find(({ field }: { field: string }) => field === 'phone');
      expect(phone).toMatchObject({ collection: 'crm_contacts', same: true });
      expect(JSON.stringify(body)).not.toMatch(/135\d{8}/u);
      expect(
        first.fields.find(({ field, collection }: Record<string, string>) => field === 'name' && collection === 'crm_customers'),
      ).toMatchObject({
        cell: `抽检${first.line - 2}有限公司`,
        same: true,
      });

      // Four eyes: not the importer, and nobody from elsewhere.
      const rows = body.rows.map(({ line }: { line: number }) => ({ line, ok: true }));
      expect(reason(await post(id, 'headA', { rows, sign: true }))).toBe('own_sample');
      for (const who of ['repA1', 'headB', 'exec'] as const) expect((await post(id, who, { rows, sign: true })).status).toBe(403);
      expect(reason(await post(id, 'adminA', { rows: [{ line: ranked.at(-1)!.line, ok: true }] }))).toBe('not_drawn');
      expect(reason(await post(id, 'adminA', { rows: rows.slice(1), sign: true }))).toBe('sample_open');

      // What was found is kept until somebody signs.
      expect((await post(id, 'adminA', { rows: rows.slice(1) })).body).toMatchObject({ state: 'waiting' });
      const signed = await post(id, 'sysadmin', { rows: rows.slice(0, 1), sign: true });
      expect(signed.body).toMatchObject({ state: 'accepted', errors: 0, checked_by: world.id.sysadmin });
      expect(await marked(id)).toBe(0);
      expect(reason(await post(id, 'adminA', { rows, sign: true }))).toBe('no_sample');
      const log = await world.host.database('crm_audit').where({ collection: IMPORTS, item: id, user: world.id.sysadmin }).first('after');
      expect(JSON.stringify(log.after)).toContain('accepted');
    });

    test('IMP-3: until then reports leave its rows out by their mark, in lists and in counts, for a rep as for a head', async () => {
      const { world } = stage();
      const id = await bring('报表', 60);
      await stage().enter({ name: '报表之外有限公司' });
      const filter = (isNull: boolean) => `filter[name][_starts_with]=报表&filter[pending_import][_null]=${isNull}`;
      for (const [who, waiting, free] of [
        ['headA', 60, 1],
        ['repA2', 60, 0],
        ['repA1', 0, 1],
      ] as const) {
        for (const [isNull, count] of [
          [false, waiting],
          [true, free],
        ] as const) {
          const list = await world.as[who].request('GET', `/items/crm_customers?${filter(isNull)}&fields=name&limit=-1`);
          expect([who, isNull, list.status, list.body.data?.length]).toEqual([who, isNull, 200, count]);
          const counted = await world.as[who].request('GET', `/items/crm_customers?${filter(isNull)}&aggregate[count]=*`);
          expect([who, isNull, Number(counted.body.data[0].count)]).toEqual([who, isNull, count]);
        }
      }
      expect(await marked(id)).toBe(120);
    });

    test('IMP-3, ORG-2: a drawn row that has moved to another segment is told to nobody of the first one', async () => {
      const { world } = stage();
      const { database } = world.host;
      const id = await bring('迁走', 60);
      const { rows } = (await get(id, 'adminA')).body;
      const [gone] = rows;
      const away = { segment: world.segment.b, owner: world.id.repB };
      await database('crm_customers')
        .where({ id: gone.item })
        .update({ ...away, address: '别处的地址' });
      await database('crm_contacts').where({ customer: gone.item }).update(away);
      for (const who of ['headA', 'adminA'] as const) {
        const { body, text } = await get(id, who);
        expect(body.rows[0]).toEqual({ ...gone, item: null, fields: [] });
        expect(body.rows.slice(1)).toEqual(rows.slice(1));
        expect(text).not.toContain(gone.item);
      }
      const { body } = await get(id, 'sysadmin');
      expect(body.rows[0]).toMatchObject({ line: gone.line, item: gone.item });
      expect(body.rows[0].fields).toHaveLength(gone.fields.length);
      expect((await get(id, 'headB')).status).toBe(403);
      // Checked without it by those who stayed: it stands in the draw all the same.
      const ok = rows.map(({ line }: { line: number }) => ({ line, ok: true }));
      expect((await post(id, 'adminA', { rows: ok, sign: true })).body).toMatchObject({ state: 'accepted' });
    });

    test('IMP-3: what the importer repairs after the draw is judged as it was imported; cells that name rows are checked too', async () => {
      const { world } = stage();
      const { database } = world.host;
      const id = await bring('修补', 60);
      const [first] = (await get(id, 'adminA')).body.rows;
      await database('crm_customers').where({ id: first.item }).update({ name: '修补后有限公司', owner: world.id.repA1 });
      const [row] = (await get(id, 'adminA')).body.rows;
      const fieldOf = (collection: string, name: string) =>
        row.fields.find((one: Record<string, string>) => one['collection'] === collection && one['field'] === name);
      const name = `修补${first.line - 2}有限公司`;
      expect([first.edited, row.edited]).toEqual([false, true]);
      expect(fieldOf('crm_customers', 'name')).toMatchObject({
        cell: name,
        imported: name,
        stored: '修补后有限公司',
        same: true,
        edited: true,
      });
      const owner = first.fields.find(({ field }: { field: string }) => field === 'owner');
      expect(owner).toMatchObject({ cell: 'owner', same: true, edited: false, imported: owner.stored });
      expect(owner.imported).not.toBe(world.id.repA2);
      expect(fieldOf('crm_customers', 'owner')).toMatchObject({ imported: owner.imported, same: true, edited: true });
    });

    test('IMP-3: whoever goes on keeps the seed and what was sent back; once the check has begun nobody goes on', async () => {
      const { world } = stage();
      const lines = Array.from({ length: 62 }, (_, number): Line => ({
        cells: { 客户名称: `种子${number}有限公司` },
        ...(number < 60 ? {} : { suspects: [{ id: world.id.headA, by: 'phone' as const, name: 'x' }] }),
      }));
      const id = await plantImport(world, { kind: 'customers', who: 'headA', segment: world.segment.a, lines });
      await committed(world, id, 'headA');
      const { seed, rows } = (await get(id, 'adminA')).body;
      const history = await world.as.headA.request('GET', `/crm/imports/${id}`);
      // Two suspects were not imported: the size is that of what was written.
      expect([history.body.sample.size, rows.length]).toEqual([6, 6]);
      expect(await committed(world, id, 'headA', { lines: { 62: 'new' } })).toMatchObject({ sample_seed: seed, rows_done: 61 });
      const drawn = (await get(id, 'adminA')).body.rows.map(({ line }: { line: number }) => ({ line, ok: false, fields: ['name'] }));
      await post(id, 'adminA', { rows: drawn.slice(0, 1) });
      const refused = await world.as.headA.request('POST', `/crm/imports/${id}/commit`, { lines: { 63: 'new' } });
      expect([refused.status, reason(refused as never)]).toEqual([409, 'check_begun']);
      await post(id, 'adminA', { rows: drawn, sign: true });
      expect(await committed(world, id, 'headA', { lines: { 63: 'new' } })).toMatchObject({
        sample_state: 'returned',
        sample_seed: seed,
        rows_done: 62,
      });
    });

    test('IMP-3: an undo is no way round the check: what it has to leave waits, and a former mark comes back', async () => {
      const { world } = stage();
      const { database } = world.host;
      const id = await bring('绕过', 56);
      const kept: string[] = await database('crm_customers').where('name', 'like', '绕过%').pluck('id');
      // A second, small batch over a row of the first one, grown by its later lines to one that waits as well.
      const names = await database('crm_customers').whereIn('id', kept).orderBy('name').select('id', 'name', 'pending_import');
      const over = Array.from({ length: 52 }, (_, at): Line => ({
        cells: { 客户名称: names[at]!.name, 首次需求: '二次' },
        updates: names[at]!.id,
      }));
      const second = await plantImport(world, { kind: 'customers', who: 'headA', segment: world.segment.a, lines: over });
      await committed(world, second, 'headA');
      expect(await database('crm_customers').where({ pending_import: second })).toHaveLength(52);
      await world.as.headA.request('POST', `/crm/imports/${second}/undo`);
      await ended(world, second);
      expect(await database('crm_customers').where({ pending_import: id })).toHaveLength(56);

      await database('crm_customers').whereIn('id', kept.slice(0, 53)).update({ address: '改过' });
      await world.as.headA.request('POST', `/crm/imports/${id}/undo`);
      expect(await ended(world, id)).toMatchObject({ status: 'undone', sample_state: 'waiting' });
      expect(await database('crm_customers').where({ pending_import: id })).toHaveLength(53);
      const { body } = await get(id, 'adminA');
      expect([body.state, body.size]).toEqual(['waiting', 6]);
      const rows = body.rows.map(({ line }: { line: number }) => ({ line, ok: true }));
      const contents = await database(IMPORTS).where({ id }).first('settings');
      await database(IMPORTS).where({ id }).update({ settings: ENDED });
      expect(reason(await post(id, 'adminA', { rows, sign: true }))).toBe('contents_gone');
      await database(IMPORTS).where({ id }).update(contents);
      expect((await post(id, 'adminA', { rows, sign: true })).body).toMatchObject({ state: 'accepted' });
      expect(await marked(id)).toBe(0);
    });

    test('IMP-3: a small import that goes on and becomes a large one waits whole', async () => {
      const { world } = stage();
      const lines = Array.from({ length: 60 }, (_, number): Line => ({
        cells: { 客户名称: `续传${number}有限公司`, 联系人: `续传人${number}` },
        ...(number < 40 ? {} : { suspects: [{ id: world.id.headA, by: 'phone' as const, name: 'x' }] }),
      }));
      const id = await plantImport(world, { kind: 'customers', who: 'headA', segment: world.segment.a, lines });
      expect(await committed(world, id, 'headA')).toMatchObject({ sample_state: 'not_needed', rows_done: 40 });
      expect(await marked(id)).toBe(0);
      expect(await committed(world, id, 'headA', { suspects: 'new' })).toMatchObject({ sample_state: 'waiting', rows_done: 60 });
      expect(await marked(id)).toBe(120);
    });

    test('IMP-3: too many errors send the batch back; corrected, it is drawn from anew', async () => {
      const { world } = stage();
      const { database } = world.host;
      await database('crm_segments').where({ id: world.segment.a }).update({ import_sample_percent: 20, import_error_limit: 10 });
      const id = await bring('退回', 55, 'repA1');
      const { body } = await get(id, 'headA');
      expect([body.percent, body.size, body.error_limit]).toEqual([20, 11, 10]);
      const rows = body.rows.map(({ line }: { line: number }, at: number) => ({ line, ok: at > 1, fields: at > 1 ? [] : ['phone'] }));
      expect((await post(id, 'headA', { rows, sign: true })).body).toMatchObject({ state: 'returned', errors: 2 });
      expect(await marked(id)).toBe(110);
      expect(reason(await post(id, 'headA', { rows, sign: true }))).toBe('no_sample');
      expect((await post(id, 'adminA', { again: true })).status).toBe(403);
      const again = await post(id, 'repA1', { again: true });
      expect(again.body).toMatchObject({ state: 'waiting', errors: null, size: 11 });
      expect(again.body.seed).not.toBe(body.seed);
      const right = again.body.rows.map(({ line }: { line: number }, at: number) => ({ line, ok: at > 0 }));
      expect((await post(id, 'adminA', { rows: right, sign: true })).body).toMatchObject({ state: 'accepted', errors: 1 });
      expect(await marked(id)).toBe(0);
      await database('crm_segments').where({ id: world.segment.a }).update({ import_sample_percent: null, import_error_limit: null });
    });

    test('IMP-3: a segment asks for a share within the band of the measure; anything else is refused on every path, in the reader’s words', async () => {
      const { world } = stage();
      const { database } = world.host;
      const [{ sysadmin }, id] = [world.as, world.segment.a];
      const before = await database('crm_segments').where({ id }).first('import_sample_percent', 'import_error_limit');
      const count = () => database('crm_segments').count({ n: '*' }).first();
      const segments = await count();
      const bad: [string, unknown][] = [
        ...[9, 21, 0, -10, 12.5, '9', 'viele', true].map((value): [string, unknown] => ['import_sample_percent', value]),
        ...[-1, 101, 2.5, '101'].map((value): [string, unknown] => ['import_error_limit', value]),
      ];
      for (const [field, value] of bad) {
        const row = { code: randomUUID().slice(0, 8), name: '抽检版块', company: world.company, timezone: 'Asia/Shanghai' };
        const literal = JSON.stringify(value);
        const ways = {
          one: () => sysadmin.request('PATCH', `/items/crm_segments/${id}`, { [field]: value }),
          several: () => sysadmin.request('PATCH', '/items/crm_segments', [{ id, [field]: value }]),
          keys: () => sysadmin.request('PATCH', '/items/crm_segments', { keys: [id], data: { [field]: value } }),
          new: () => sysadmin.request('POST', '/items/crm_segments', { ...row, [field]: value }),
          graphql: () => sysadmin.graphql(`mutation { update_crm_segments_item(id: "${id}", data: { ${field}: ${literal} }) { id } }`),
          technical: () => world.root.request('PATCH', `/items/crm_segments/${id}`, { [field]: value }),
        };
        for (const [way, ask] of Object.entries(ways)) {
          const { status, body } = await ask();
          expect([way, field, value, status === 400 || (way === 'graphql' && body.errors?.length > 0)]).toEqual([way, field, value, true]);
        }
      }
      expect(await database('crm_segments').where({ id }).first('import_sample_percent', 'import_error_limit')).toEqual(before);
      expect(await count()).toEqual(segments);
      const said = async (language: string) => {
        await database('directus_users').where({ id: world.id.sysadmin }).update({ language });
        const { body } = await sysadmin.request('PATCH', `/items/crm_segments/${id}`, { import_sample_percent: 21 });
        return [body.errors[0].extensions.code, body.errors[0].extensions.field, body.errors[0].message];
      };
      expect(await said('zh-CN')).toEqual(['FAILED_VALIDATION', 'import_sample_percent', expect.stringMatching(/10 至 20 的整数/u)]);
      expect(await said('en-US')).toEqual(['FAILED_VALIDATION', 'import_sample_percent', expect.stringMatching(/from 10 to 20/u)]);
      await database('directus_users').where({ id: world.id.sysadmin }).update({ language: null });
      for (const good of [
        { import_sample_percent: 20, import_error_limit: 0 },
        { import_sample_percent: null, import_error_limit: null },
      ]) {
        expect((await sysadmin.request('PATCH', `/items/crm_segments/${id}`, good)).status).toBe(200);
        expect(await database('crm_segments').where({ id }).first('import_sample_percent', 'import_error_limit')).toEqual(good);
      }
    });
  });
}
