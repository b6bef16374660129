import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import { IMPORT_ROWS, IMPORTS } from '../../../extensions/crm/src/imports/staging.ts';
import { createClient } from '../../harness/client.ts';
import type { Stage } from '../customers/stage.ts';
import { committed, ended, plantImport, type Line } from './planted.ts';
import { portrait } from './portrait.ts';

const MANY = 1000;
const KILLS = 10;
/** Long enough that a fast machine is not done before the last kill. */
const KILLED = 5000;

/** What a kill, a stop, a frozen importer and a second import at once leave behind. */
export function interruptedImports(stage: () => Stage): void {
  describe('an import that is interrupted', () => {
    const customers = (word: string, count: number): Line[] =>
      Array.from({ length: count }, (_, number) => ({
        cells: {
          客户名称: `${word}${number}有限公司`,
          电话: '010-65588888',
          负责人: 'rep',
          联系人: `联系人${number}`,
          手机: `131${String(number).padStart(8, '0')}`,
        },
      }));
    /** Every tenth line repeats a company for another contact, within its chunk or an earlier one. */
    const repeated = (word: string, count: number): Line[] => {
      const lines = customers(word, count);
      return lines.map((line, number) => {
        if (number % 10 !== 9) return line;
        const company = number - (number > 210 ? 209 : 9);
        const { 客户名称 } = lines[company]!.cells;
        return { cells: { ...line.cells, 客户名称: 客户名称! }, joins: company + 2 };
      });
    };
    const plant = (lines: Line[], segment: 'a' | 'c' = 'a') => {
      const { world } = stage();
      const names = new Map([['rep', segment === 'a' ? world.id.repA1 : world.id.repC]]);
      return plantImport(world, { kind: 'customers', who: 'headA', segment: world.segment[segment], names, lines });
    };
    const rowOf = (id: string) => stage().world.host.database(IMPORTS).where({ id }).first();
    /** Waits until more than `lines` lines are written, or the import has ended. */
    const beyond = async (id: string, lines: number): Promise<{ status: string; rows_done: number }> => {
      for (;;) {
        const row = await rowOf(id);
        if (row.rows_done > lines || !['checked', 'importing'].includes(row.status)) return row;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    const made = async (word: string) =>
      Number((await stage().world.host.database('crm_customers').where('name', 'like', `${word}%`).count({ n: '*' }))[0]!['n']);

    test('F33: killed again and again it goes on by itself, and ends as one that was never killed', async () => {
      const { world } = stage();
      const whole = await plant(repeated('断电', KILLED), 'a');
      await committed(world, whole, 'headA');
      const id = await plant(repeated('断电', KILLED), 'c');
      const begun = world.as.headA.request('POST', `/crm/imports/${id}/commit`).catch(() => null);
      const halts: number[] = [];
      for (let kill = 0; kill < KILLS; kill += 1) {
        const row = await beyond(id, halts.at(-1) ?? 0);
        if (row.status !== 'importing' && row.rows_done === KILLED) break;
        await world.host.crash();
        const left = await rowOf(id);
        halts.push(left.rows_done);
        // Whole chunks only: every line that counts as done has its row, and no row is without its line.
        expect(await world.host.database(IMPORT_ROWS).where({ import: id, state: 'done' }).count({ n: '*' })).toEqual([
          { n: expect.toSatisfy((n: unknown) => Number(n) >= left.rows_done) },
        ]);
      }
      await begun;
      expect(halts.length).toBe(KILLS);
      const done = await ended(world, id);
      expect([done.status, done['rows_done'], done['rows_new'], done['sample_state']]).toEqual(['imported', KILLED, KILLED, 'waiting']);
      const seen = (segment: string, rep: string, pending: string) =>
        portrait(
          world.host.database,
          segment,
          new Map([
            [segment, 'segment'],
            [rep, 'rep'],
            [world.id.headA, 'head'],
            [pending, 'import'],
          ]),
        );
      const of = ({ rows, log }: Awaited<ReturnType<typeof seen>>) => ({
        rows: rows.filter(({ name }) => /^断电|^联系人\d/u.test(String(name))),
        log: log.filter(({ item }) => String(item).includes('断电')),
      });
      const [one, other] = [of(await seen(world.segment.a, world.id.repA1, whole)), of(await seen(world.segment.c, world.id.repC, id))];
      expect(one.rows).toHaveLength(2 * KILLED - KILLED / 10);
      expect(other.rows).toEqual(one.rows);
      expect(other.log).toEqual(one.log);
      // Nothing of it is left over: neither keys without rows nor leases.
      const orphans = await world.host
        .database('crm_subject_keys')
        .where({ collection: 'crm_contacts' })
        .whereNotIn('item', world.host.database('crm_contacts').select(world.host.database.raw('cast(id as text)')));
      expect(orphans).toEqual([]);
      expect(await world.host.database('crm_install_state').where('key', 'like', 'import:%')).toEqual([]);
      // So many lines that are done would stand in the way of what a later case says of the planner.
      await world.host.database(IMPORT_ROWS).where({ import: id }).delete();
    });

    test('IMP-1: stopped, it keeps what it has; committed again, it brings the rest and nothing twice', async () => {
      const { world } = stage();
      const id = await plant(customers('停止', MANY));
      const begun = world.as.headA.request('POST', `/crm/imports/${id}/commit`);
      await beyond(id, 0);
      const stopped = await world.as.headA.request('POST', `/crm/imports/${id}/cancel`);
      expect([stopped.status, stopped.body.status]).toEqual([200, 'stopped']);
      await begun;
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { rows_done: halfway, status } = await rowOf(id);
      expect([status, await made('停止')]).toEqual(['stopped', halfway]);
      expect(halfway).toBeLessThan(MANY);
      expect((await world.as.headA.request('POST', `/crm/imports/${id}/cancel`)).body.errors[0].extensions).toMatchObject({
        reason: 'not_running',
      });
      // What is written is checked like a whole batch, and by the same seed when the rest has come (IMP-3).
      const half = await world.as.adminA.request('GET', `/crm/imports/${id}/sample`);
      expect([half.status, half.body.state, half.body.size]).toEqual([200, 'waiting', Math.ceil(halfway / 10)]);
      expect(await committed(world, id, 'headA')).toMatchObject({ status: 'imported', rows_done: MANY });
      const whole = await world.as.adminA.request('GET', `/crm/imports/${id}/sample`);
      expect([whole.body.size, whole.body.seed === half.body.seed]).toEqual([MANY / 10, true]);
      expect(await made('停止')).toBe(MANY);
    });

    test('N6, F33: an undo that is killed in the middle goes on by itself, and nothing is left of the import', async () => {
      const { world } = stage();
      const { database } = world.host;
      const keys = () => database('crm_subject_keys').where({ collection: 'crm_contacts' }).orderBy('id').pluck('id');
      const before = await keys();
      const id = await plant(customers('撤到一半', MANY));
      await committed(world, id, 'headA');
      const undone = async () =>
        Number((await database(IMPORT_ROWS).where({ import: id, state: 'undone' }).count({ n: '*' }).first())!['n']);
      const begun = world.as.headA.request('POST', `/crm/imports/${id}/undo`).catch(() => null);
      while (!(await undone())) await new Promise((resolve) => setTimeout(resolve, 5));
      await world.host.crash();
      const halfway = await undone();
      expect(halfway).toBeGreaterThan(0);
      await begun;
      expect((await ended(world, id)).status).toBe('undone');
      const { body } = await world.as.headA.request('GET', `/crm/imports/${id}/undo`);
      expect(body).toMatchObject({ status: 'undone', undone: MANY, kept: 0, spared: [] });
      expect([await made('撤到一半'), await keys()]).toEqual([0, before]);
    });

    test('F2, ACC-9: an importer who is frozen meanwhile imports nothing more', async () => {
      const { world } = stage();
      const person = await world.user({
        role: ROLE_IDS.segment_admin,
        crm_segment: world.segment.c,
        crm_company: world.company,
      });
      const user = person.body.data.id;
      const id = await plant(customers('冻结', MANY), 'c');
      await world.host.database(IMPORTS).where({ id }).update({ owner: user });
      const token = randomUUID();
      await world.host.database('directus_users').where({ id: user }).update({ token });
      const begun = createClient(world.host.url, token).request('POST', `/crm/imports/${id}/commit`);
      await beyond(id, 0);
      expect((await world.as.sysadmin.request('POST', `/crm/users/${user}/freeze`, { reason: '批量导入异常' })).status).toBe(200);
      await begun;
      const row = await ended(world, id);
      expect(row.status).toBe('stopped');
      expect(Number(row['rows_done'])).toBeLessThan(MANY);
      expect(await made('冻结')).toBe(Number(row['rows_done']));
    });

    test('F32: two imports of one file at once bring every row once', async () => {
      const { world } = stage();
      const [one, other] = [await plant(customers('同时', 450)), await plant(customers('同时', 450))];
      await Promise.all([one, other].map((id) => world.as.headA.request('POST', `/crm/imports/${id}/commit`)));
      const rows = [await ended(world, one), await ended(world, other)];
      expect(rows.map(({ status }) => status)).toEqual(['imported', 'imported']);
      expect(await made('同时')).toBe(450);
      expect(Number(rows[0]!['rows_new']) + Number(rows[1]!['rows_new'])).toBe(450);
      expect(Number(rows[0]!['rows_known']) + Number(rows[1]!['rows_known'])).toBe(450);
    });
  });
}
