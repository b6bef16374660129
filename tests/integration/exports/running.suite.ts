import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { createClient } from '../../harness/client.ts';
import { withoutRoom } from '../../harness/without-room.ts';
import type { PersonName, World } from '../access/world.ts';
import { counterOf, type Made } from './counter.ts';
import { manyRows, MANY } from './many-rows.ts';

const EXPORTS = 'crm_exports';

/** An export that takes a while: its progress, and everything that can end it. */
export function runningSuite(world: () => World, db: 'sqlite' | 'pg'): void {
  const counter = (who: PersonName) => counterOf(world().as[who]);
  const tag = `久等${randomUUID().slice(0, 6)}`;
  const ours = { name: { _starts_with: tag } };
  const folder = () => join(world().host.dataDir, 'exports');
  const folders = () => (existsSync(folder()) ? readdirSync(folder()) : []);
  const recorded = async () => Number((await world().host.database(EXPORTS).count({ rows: '*' }).first())!.rows);
  const rowOf = (id: string) => world().host.database(EXPORTS).where({ id }).first();
  const newest = async (owner: string): Promise<string> =>
    (await world().host.database(EXPORTS).where({ owner }).orderBy('date_created', 'desc').first('id'))?.id;
  const keysOf = (id: string) => world().host.database('crm_subject_keys').where({ collection: EXPORTS, item: id });
  const leases = () => world().host.database('crm_install_state').where('key', 'like', 'export:%');
  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 30_000; !(await isSo());) {
      if (Date.now() > end) throw new Error('waited in vain');
      await wait(10);
    }
  }
  /** Of an export that came to no end nothing is left but its row. */
  async function nothingLeft(id: string, before: readonly string[]): Promise<void> {
    await until(() => folders().length <= before.length);
    expect(folders().filter((name) => !before.includes(name))).toEqual([]);
    expect(await keysOf(id)).toEqual([]);
    const told = await world().host.database('crm_audit').where({ action: 'export' }).pluck('after');
    expect(told.filter((after) => JSON.stringify(after).includes(id))).toEqual([]);
  }
  /** Others are at work, and an export lets them go first. */
  async function whileOthersWork<T>(work: () => Promise<T>): Promise<T> {
    let isOver = false;
    const reading = Array.from({ length: 2 }, async () => {
      while (!isOver) await world().as.repA2.request('GET', '/items/crm_customers?limit=25');
    });
    try {
      return await work();
    } finally {
      isOver = true;
      await Promise.all(reading);
    }
  }

  beforeAll(() => manyRows(world(), tag));

  test('IMP-5, B7: what takes longer is answered at once, says how far it is, is nobody else’s to see, and is stopped', async () => {
    const before = folders();
    const { id } = await whileOthersWork(async () => {
      const { status, body } = await counter('adminA').ask({ filter: ours });
      expect([status, body.status, body.available, body.expires_at]).toEqual([202, 'running', false, null]);
      expect(await counter('adminA').why({ filter: ours })).toEqual([429, 'running']);
      let seen: Made = body;
      await until(async () => (seen = await counter('adminA').look(body.id)).done > 0);
      expect(seen).toMatchObject({ status: 'running', rows: MANY });
      const early = await counter('adminA').fetchFile(body.id, world().host.url);
      expect([early.status, early.bytes.toString()]).toEqual([409, expect.stringContaining('not_done')]);
      for (const who of ['headA', 'sysadmin', 'repA1'] as const) {
        expect([who, (await world().as[who].request('GET', `/crm/exports/${body.id}`)).status]).toEqual([who, 404]);
        expect([who, (await world().as[who].request('POST', `/crm/exports/${body.id}/cancel`)).status]).toEqual([who, 404]);
      }
      const stopped = await world().as.adminA.request<Made>('POST', `/crm/exports/${body.id}/cancel`);
      expect([stopped.status, stopped.body.status, stopped.body.message]).toEqual([200, 'stopped', null]);
      return body;
    });
    await nothingLeft(id, before);
    const again = await world().as.adminA.request('POST', `/crm/exports/${id}/cancel`);
    expect([again.status, again.body.errors[0].extensions.reason]).toEqual([409, 'not_running']);
    expect((await counter('adminA').fetchFile(id, world().host.url)).status).toBe(410);
  });

  test('SEC-5: more rows than a role may are refused with nothing left, whichever way they are named', async () => {
    const before = [await recorded(), folders().length];
    const answer = await counter('repA1').ask({ filter: ours });
    expect([answer.status, answer.body.errors![0]!.extensions.reason]).toEqual([403, 'too_many_rows']);
    expect(answer.body.errors![0]!.message).toContain('1,000');
    expect(await counter('repA1').why({ ids: Array.from({ length: 1001 }, () => randomUUID()) })).toEqual([403, 'too_many_rows']);
    expect([await recorded(), folders().length]).toEqual(before);
    const made = await counter('adminA').take({ filter: ours });
    expect(made).toMatchObject({ status: 'done', rows: MANY, done: MANY, available: true });

    // Many small ones are one large one: what left within a day counts, what was stopped or is older does not.
    const { database } = world().host;
    const today = async () => (await world().as.adminA.request('GET', '/crm/exports?limit=1')).body.today;
    const left = await today();
    expect(left).toBeLessThanOrEqual(30_000 - MANY);
    const [row] = await database(EXPORTS).where({ id: made.id });
    const copies = [
      { date_created: new Date(), rows_total: left - MANY + 1 },
      { date_created: new Date(Date.now() - 25 * 3_600_000), rows_total: 9000 },
      { date_created: new Date(), rows_total: 9000, status: 'stopped' },
    ].map((values) => ({ ...row, id: randomUUID(), ...values }));
    for (const copy of copies) await database(EXPORTS).insert(copy);
    expect(await today()).toBe(MANY - 1);
    const refused = await counter('adminA').ask({ filter: ours });
    expect([refused.status, refused.body.errors![0]!.extensions]).toEqual([
      403,
      expect.objectContaining({ reason: 'too_many_today', most: 30_000, left: MANY - 1, rows: MANY }),
    ]);
    expect(refused.body.errors![0]!.message).toContain(`还可导出 3,999 行，这次有 4,000 行`);
    await database(EXPORTS)
      .whereIn(
        'id',
        copies.map(({ id }) => id),
      )
      .delete();
    await until(async () => (await leases()).length === 0);
  });

  test('F2, F4, SEC-5, ACC-9: an export stops when its maker is frozen, and leaves nothing', async () => {
    const { host, segment, id: people } = world();
    const person = randomUUID();
    await host.database('directus_users').insert({
      ...(await host.database('directus_users').where({ id: people.adminA }).first('role', 'provider', 'crm_segment')),
      id: person,
      email: `${person}@example.com`,
      status: 'active',
      token: person,
    });
    await host.database('crm_user_segments').insert({ id: randomUUID(), crm_user: person, crm_segment: segment.a });
    const before = folders();
    await whileOthersWork(async () => {
      const asked = counterOf(createClient(host.url, person)).ask({ filter: ours });
      await until(() => folders().length > before.length);
      expect((await world().as.sysadmin.request('POST', `/crm/users/${person}/freeze`, { reason: '批量导出异常' })).status).toBe(200);
      await asked;
      await until(async () => (await rowOf(await newest(person))).status !== 'running');
    });
    const row = await rowOf(await newest(person));
    expect([row.status, row.expires_at, JSON.stringify(row.fault)]).toEqual(['failed', null, expect.stringContaining('rights_changed')]);
    await nothingLeft(row.id, before);
  });

  test('F43: when the database has no room at the end, that is said, and nothing stays', async () => {
    const { database } = world().host;
    const before = folders();
    const failing =
      db === 'pg'
        ? [
            `CREATE FUNCTION qz_done() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.status = 'done' THEN RAISE EXCEPTION 'qz' USING ERRCODE = '53100'; END IF; RETURN NEW; END $$`,
            'CREATE TRIGGER qz_done BEFORE UPDATE ON crm_exports FOR EACH ROW EXECUTE FUNCTION qz_done()',
          ]
        : [`CREATE TRIGGER qz_done BEFORE UPDATE ON crm_exports WHEN NEW.status = 'done' BEGIN SELECT RAISE(ABORT, 'qz'); END`];
    for (const statement of failing) await database.raw(statement);
    const few = { filter: { _and: [ours, { name: { _ends_with: '多7' } }] } };
    try {
      const answer = await counter('repA1').ask(few);
      // Whoever answers before the end is reached is asked again below.
      if (db === 'pg' && answer.body.errors) expect([answer.status, answer.body.errors[0]!.extensions.reason]).toEqual([507, 'no_space']);
      await until(async () => (await rowOf(await newest(world().id.repA1))).status !== 'running');
    } finally {
      await database.raw(db === 'pg' ? 'DROP FUNCTION qz_done() CASCADE' : 'DROP TRIGGER qz_done');
    }
    const left = await newest(world().id.repA1);
    expect(await counter('repA1').look(left)).toMatchObject({ status: 'failed', message: expect.stringMatching(/没有留下文件|空间不足/u) });
    await nothingLeft(left, before);
    expect((await counter('repA1').take(few)).status).toBe('done');
  });

  // SQLite's own files, which the same process writes, would meet the limit first.
  if (db === 'pg')
    test('F43: when the disk has no room for the file, that is said, and nothing stays', async () => {
      const before = folders();
      await withoutRoom(world().host, 64 * 1024, async () => {
        const { id } = await counter('adminA')
          .take({ filter: ours, format: 'json' })
          .catch(async () => ({ id: await newest(world().id.adminA) }));
        const made = await counter('adminA').look(id);
        expect(made).toMatchObject({ status: 'failed', message: '服务器空间不足，没有导出。请联系系统管理员。' });
        await nothingLeft(id, before);
      });
    });

  test('F14, F33: killed in the middle it is told as interrupted and leaves nothing; what was done stands, and goes after its day', async () => {
    const { database } = world().host;
    const [old, kept] = [await counter('repA2').take(await ofRepA2()), await counter('repA2').take(await ofRepA2())];
    const status = async (id: string) => (await counter('repA2').fetchFile(id, world().host.url)).status;
    await database('directus_users').where({ id: world().id.repA2 }).update({ crm_segment: world().segment.c });
    expect(await status(old.id)).toBe(410);
    await database('directus_users').where({ id: world().id.repA2 }).update({ crm_segment: world().segment.a });
    expect(await status(old.id)).toBe(200);
    await database(EXPORTS)
      .where({ id: old.id })
      .update({ expires_at: new Date(Date.now() - 1000) });
    expect(await status(old.id)).toBe(410);

    const before = folders();
    const asked = counter('adminA')
      .ask({ filter: ours })
      .catch(() => null);
    await until(() => folders().length > before.length);
    await world().host.crash();
    await asked;
    const id = await newest(world().id.adminA);
    const ended = await counter('adminA').ended(id);
    expect(ended).toMatchObject({ status: 'failed', available: false, message: expect.stringContaining('服务器中断') });
    await until(() => !folders().includes(old.id));
    await nothingLeft(
      id,
      before.filter((name) => name !== old.id),
    );
    expect(await keysOf(old.id)).toEqual([]);
    expect(await rowOf(old.id)).toMatchObject({ rows_total: 1, status: 'done' });
    expect([await status(old.id), await status(kept.id)]).toEqual([410, 200]);
    const told = await database('crm_audit').where({ collection: EXPORTS, item: id }).orderBy('nth').pluck('action');
    expect(told).toEqual(['create', 'update']);
    await until(async () => (await leases()).length === 0);
  });

  const ofRepA2 = async () => ({ ids: [(await world().create('repA2', 'crm_customers', { name: `${tag}末${randomUUID()}有限公司` })).id] });
}
