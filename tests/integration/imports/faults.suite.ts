import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { IMPORT_ROWS, IMPORTS } from '../../../extensions/crm/src/imports/staging.ts';
import { withoutRoom } from '../../harness/without-room.ts';
import type { World } from '../access/world.ts';
import { csv, deskOf, type View } from './desk.ts';
import { holdPlace } from './slow-upload.ts';

const ROWS = 8000;
/** A table that takes some seconds: what it is about may happen meanwhile. */
const large = (rows = ROWS): string =>
  csv(
    ['客户名称', '联系人', '手机', '地址'],
    ...Array.from({ length: rows }, (_, at) => [`第${at}号有限公司`, '李雷', `138${String(at).padStart(8, '0')}`, `中山路${at % 900}号`]),
  );

/** What can happen while a file is read (F29, F32, F33, F43). */
export function faultsSuite(world: () => World, db: 'sqlite' | 'pg'): void {
  const desk = (who: keyof World['as'] = 'adminA') => deskOf(world().as[who]);
  const database = () => world().host.database;
  const lines = async (id: string): Promise<number[]> => database()(IMPORT_ROWS).where({ import: id }).orderBy('line').pluck('line');
  // An upload is answered before much of it is read.
  beforeAll(() => world().host.restart({ CRM_IMPORT_ANSWER_MS: '400' }));
  const everyLine = Array.from({ length: ROWS }, (_, at) => at + 2);

  /** Brings a large table and waits until some of it is read, but not all. */
  async function halfWay(who: keyof World['as'] = 'adminA'): Promise<View> {
    const { status, body } = await desk(who).send(large());
    expect([status, body.status]).toEqual([201, 'uploaded']);
    for (let view = body; ; view = (await desk(who).view(body.id)).body) {
      expect(view.status).toBe('uploaded');
      if (view.counts.total > 0) return view;
    }
  }

  test('F29: a large file is answered at once and read in the background, with its progress; others keep working', async () => {
    const view = await halfWay();
    expect(view).toMatchObject({ can: { commit: false }, reading: { type: 'csv' } });
    const slow: number[] = [];
    while ((await desk().view(view.id)).body.status === 'uploaded') {
      const started = performance.now();
      await world().as.repA1.request('GET', '/items/crm_customers?limit=25');
      slow.push(performance.now() - started);
    }
    expect((await desk().view(view.id)).body.counts).toMatchObject({ total: ROWS, new: ROWS });
    expect(await lines(view.id)).toEqual(everyLine);
    expect(slow.toSorted((one, other) => one - other)[Math.floor(slow.length / 2)]).toBeLessThan(1000);
  });

  test('F33: killed in the middle of the reading, it is read again from the beginning, to the same end', async () => {
    const { id } = await halfWay();
    await world().host.crash();
    expect((await desk().settled(id)).counts).toMatchObject({ total: ROWS, new: ROWS });
    expect(await lines(id)).toEqual(everyLine);
    expect(readdirSync(join(world().host.dataDir, 'imports', id))).toEqual(['upload']);
  });

  test('a change while it is read begins anew; the reading before writes nothing more', async () => {
    const { id } = await halfWay();
    const changed = await desk().change(id, { mapping: { 地址: null } });
    expect(changed).toMatchObject({ status: 'checked', counts: { total: ROWS } });
    expect(await lines(id)).toEqual(everyLine);
  });

  test('whoever is frozen meanwhile goes no further, and nothing of it stays', async () => {
    const { id } = await halfWay('adminB');
    const person = `/crm/users/${world().id.adminB}`;
    const frozen = await world().as.sysadmin.request('POST', `${person}/freeze`, { reason: '疑似离职' });
    expect(frozen.status, frozen.text).toBe(200);
    try {
      const seen = deskOf(world().as.sysadmin);
      const ended = await seen.settled(id);
      expect(ended).toMatchObject({
        status: 'uploaded',
        refusal: { reason: 'rights_changed' },
        counts: { total: 0 },
        can: { commit: false },
      });
      expect(await lines(id)).toEqual([]);
    } finally {
      const thawed = await world().as.sysadmin.request('POST', `${person}/thaw`, { reason: '已核实' });
      expect(thawed.status, thawed.text).toBe(200);
      // A freeze takes the static token for good.
      await database()('directus_users').where({ id: world().id.adminB }).update({ token: world().as.adminB.token });
    }
  });

  test('F30: a fault at the very end of a large file ends the reading with a plain sentence, and no row of it stays', async () => {
    const { status, body } = await desk().send(`${large()}\r\n"无尽`);
    expect(status).toBe(201);
    const ended = await desk().settled(body.id);
    expect(ended).toMatchObject({ status: 'uploaded', refusal: { reason: 'quote_open' }, counts: { total: 0 } });
    expect(ended.refusal!.message).toContain(String(ROWS + 2));
    expect(await lines(body.id)).toEqual([]);
  });

  test('F32: the same file by two people and twice at once: each has its own rows, each is told of the other', async () => {
    const table = csv(['客户名称'], ['同时有限公司'], ['同时二有限公司']);
    const answers = await Promise.all([desk().send(table), desk().send(table), desk('headA').send(table, { segment: 't-a' })]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    for (const { body } of answers)
      expect([(await desk('headA').settled(body.id)).counts.total, await lines(body.id)]).toEqual([2, [2, 3]]);
    const views = await Promise.all(answers.map(async ({ body }) => (await desk('headA').view(body.id)).body));
    expect(views.filter(({ repeats }) => repeats).length).toBeGreaterThanOrEqual(2);
  });

  test('the importer throws away what has not begun, in the middle of the reading too; nobody else does', async () => {
    const { id } = await halfWay();
    expect((await world().as.headA.request('DELETE', `/crm/imports/${id}`)).status).toBe(403);
    expect((await world().as.repA1.request('DELETE', `/crm/imports/${id}`)).status).toBe(403);
    expect((await world().as.adminA.request('DELETE', `/crm/imports/${id}`)).status).toBe(204);
    expect((await desk().view(id)).status).toBe(403);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect([await lines(id), existsSync(join(world().host.dataDir, 'imports', id))]).toEqual([[], false]);
    const begun = await desk().bring(csv(['客户名称'], ['已开始有限公司']));
    await database()(IMPORTS).where({ id: begun.id }).update({ status: 'importing' });
    const { status, body } = await world().as.adminA.request('DELETE', `/crm/imports/${begun.id}`);
    expect([status, body.errors[0].extensions.reason, await lines(begun.id)]).toEqual([409, 'not_open', [2]]);
  });

  test('a file that is gone from the server is named, and brought again', async () => {
    const { id } = await desk().bring(csv(['客户名称'], ['甲有限公司']));
    rmSync(join(world().host.dataDir, 'imports', id), { recursive: true });
    const { status, body } = await world().as.adminA.request('PATCH', `/crm/imports/${id}`, { mapping: {} });
    expect([status, body.errors[0].extensions.reason]).toEqual([409, 'file_gone']);
    expect((await desk().view(id)).body).toMatchObject({ status: 'checked', can: { commit: true } });
  });

  // SQLite's own files, which the same process writes, would meet the limit first.
  if (db === 'pg')
    test('F43: when the disk has no room for the upload, that is said, and nothing of it stays', async () => {
      const before = await database()(IMPORTS).pluck('id');
      await withoutRoom(world().host, 64 * 1024, async () => {
        const rows = Array.from({ length: 20_000 }, (_, at) => [`没有空间${at}有限公司`]);
        const { status, body } = await desk().send(csv(['客户名称'], ...rows));
        expect([status, body.errors![0]!.extensions.reason]).toEqual([507, 'no_space']);
      });
      const left = readdirSync(join(world().host.dataDir, 'imports')).filter((id) => !before.includes(id));
      expect([left, await database()(IMPORTS).whereNotIn('id', before)]).toEqual([[], []]);
    });

  test('F43: when the database has no room or fails, nothing of the upload stays', async () => {
    const failing =
      db === 'pg'
        ? [
            `CREATE FUNCTION qz_rows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'qz' USING ERRCODE = '53100'; END $$`,
            'CREATE TRIGGER qz_rows BEFORE INSERT ON crm_import_rows FOR EACH ROW EXECUTE FUNCTION qz_rows()',
          ]
        : [`CREATE TRIGGER qz_rows BEFORE INSERT ON crm_import_rows BEGIN SELECT RAISE(ABORT, 'qz'); END`];
    const before = await database()(IMPORTS).count({ rows: '*' }).first();
    for (const statement of failing) await database().raw(statement);
    try {
      const { status, body } = await desk().send(csv(['客户名称', '手机'], ['甲有限公司', '13899998888']));
      expect([status, body.errors![0]!.extensions.reason]).toEqual(db === 'pg' ? [507, 'no_space'] : [500, 'failed']);
      expect(body.errors![0]!.message).toMatch(/没有导入任何内容/u);
      expect(world().host.logs()).not.toContain('13899998888');
    } finally {
      await database().raw(db === 'pg' ? 'DROP FUNCTION qz_rows() CASCADE' : 'DROP TRIGGER qz_rows');
    }
    expect(await database()(IMPORTS).count({ rows: '*' }).first()).toEqual(before);
    const after = await desk().bring(csv(['客户名称'], ['之后有限公司']));
    expect([after.refusal, after.counts.new]).toEqual([null, 1]);
  });

  test('five files of one person wait to be read, and not one more', async () => {
    const { id, segment } = world();
    const waiting = Array.from({ length: 5 }, () => ({
      id: randomUUID(),
      file_name: 'x.csv',
      file_hash: 'f'.repeat(64),
      status: 'uploaded',
      settings: '{}',
      owner: id.repA2,
      segment: segment.a,
      // In the future: nobody takes it up.
      date_updated: new Date(Date.now() + 3_600_000),
    }));
    await database()(IMPORTS).insert(waiting);
    try {
      const { status, body } = await desk('repA2').send(csv(['客户名称'], ['甲有限公司']));
      expect([status, body.errors![0]!.extensions.reason]).toEqual([429, 'too_many_open']);
      await database()(IMPORTS).where({ id: waiting[0]!.id }).update({ settings: '{"ended":true}' });
      // Read to its end, else it has the place that the next one is to have.
      await desk('repA2').bring(csv(['客户名称'], ['甲有限公司']));
      // One that is still coming in has its place too, and gives it back.
      const held = await holdPlace(world().host.url, world().as.repA2);
      expect([held.answer.status, held.answer.body.errors![0]!.extensions.reason]).toEqual([429, 'too_many_open']);
      held.upload.destroy();
      await expect
        .poll(async () => (await desk('repA2').send(csv(['客户名称'], ['甲有限公司']))).status, { interval: 500, timeout: 30_000 })
        .toBe(201);
      const kept = Array.from({ length: 600 }, () => ({ ...waiting[0]!, id: randomUUID(), status: 'checked' }));
      waiting.push(...kept);
      await database().batchInsert(IMPORTS, kept, 200);
      const refused = await desk('repA2').send(csv(['客户名称'], ['甲有限公司']));
      expect([refused.status, refused.body.errors![0]!.extensions.reason]).toEqual([429, 'too_many_waiting']);
    } finally {
      await database()(IMPORTS)
        .whereIn(
          'id',
          waiting.map((one) => one.id),
        )
        .delete();
    }
  });

  describe('after the next start', () => {
    const root = () => join(world().host.dataDir, 'imports');
    const [orphan, young] = [randomUUID(), randomUUID()];
    const brought: Record<string, View> = {};
    const left = async ({ id }: View) => [
      await database()(IMPORTS).where({ id }).pluck('id'),
      await lines(id),
      await database()('crm_subject_keys').where({ collection: IMPORTS, item: id }).pluck('item'),
      existsSync(join(root(), id)),
    ];
    const gone = async (id: string) => {
      for (let tried = 0; tried < 100 && existsSync(join(root(), id)); tried += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    };

    beforeAll(async () => {
      for (const id of [orphan, young]) {
        mkdirSync(join(root(), id));
        writeFileSync(join(root(), id, 'upload'), 'x');
      }
      utimesSync(join(root(), orphan), new Date(), new Date(Date.now() - 3 * 3_600_000));
      for (const name of ['done', 'open', 'forgotten', 'over']) brought[name] = await desk().bring(csv(['客户名称'], [`${name}有限公司`]));
      const set = (name: string, values: object) => database()(IMPORTS).where({ id: brought[name]!.id }).update(values);
      const month = new Date(Date.now() - 31 * 86_400_000);
      await set('done', { status: 'imported', finished_at: new Date() });
      await set('forgotten', { date_updated: month });
      await set('over', { status: 'imported', finished_at: month });
      await world().host.restart({ CRM_IMPORT_UPLOADS: '3', CRM_IMPORT_MAX_ROWS: '2000', CRM_IMPORT_ANSWER_MS: '0' });
      for (const id of [orphan, brought['forgotten']!.id, brought['over']!.id]) await gone(id);
    });

    test('F30: uploads of no import go, and of imports that are done', async () => {
      const { done, open } = brought;
      expect([orphan, young, done!.id, open!.id].map((id) => existsSync(join(root(), id)))).toEqual([false, true, false, true]);
      expect((await desk().change(open!.id, { mapping: { 客户名称: 'name' } })).counts.new).toBe(1);
    });

    test('PIPL art. 19: what nobody has imported for a month goes, with everything in it; of what ended then the contents', async () => {
      const { forgotten, over, open } = brought;
      expect(await left(forgotten!)).toEqual([[], [], [], false]);
      expect(await left(over!)).toEqual([[over!.id], [2], [], false]);
      expect(await left(open!)).toEqual([[open!.id], [2], [open!.id], true]);
    });

    test('F29, F30: too many rows are noticed before one of them is staged; the file goes, for no other reading helps', async () => {
      const { status, body } = await desk('adminB').send(large(2001));
      expect(status).toBe(201);
      const ended = await desk('adminB').settled(body.id);
      expect(ended).toMatchObject({ status: 'uploaded', refusal: { reason: 'too_many_rows' }, counts: { total: 0 } });
      await gone(body.id);
      expect([existsSync(join(root(), body.id)), await lines(body.id)]).toEqual([false, []]);
      expect((await desk('adminB').bring(large(2000))).counts).toMatchObject({ total: 2000, error: 0 });
    });

    test('no reading leaves anything but the upload', () => {
      for (const id of readdirSync(root())) expect(readdirSync(join(root(), id))).toEqual(['upload']);
    });

    test('uploads are counted per person', async () => {
      const table = csv(['客户名称'], ['甲有限公司']);
      const statuses: number[] = [];
      for (let at = 0; at < 4; at += 1) statuses.push((await desk('repA2').send(table)).status);
      expect(statuses).toEqual([201, 201, 201, 429]);
      expect((await desk('repA1').send(table)).status).toBe(201);
    });
  });
}
