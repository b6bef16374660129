import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemClock } from '../../../extensions/crm/src/platform/api/clock.ts';
import { toStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import { purgeLogIns } from '../../../extensions/crm/src/users/logins/purge.ts';
import type { World } from '../access/world.ts';
import { settled, until } from './people.ts';

const DAY_MS = 86_400_000;
const LEAST = 366;

/** USE-1, PIPL art. 19: log-ins are kept for as long as they serve, and no longer. */
export function purgeSuite(world: () => World): void {
  const rows = () => world().host.database('crm_logins');
  const ago = (days: number) => new Date(Date.now() - days * DAY_MS);
  const dayOf = (at: Date) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(at);

  /** Log-ins of somebody, so many days ago each. */
  async function planted(user: string | null, days: readonly number[]): Promise<string[]> {
    const { host, segment } = world();
    const ids: string[] = [];
    for (const at of days.map(ago)) {
      const row = { id: randomUUID(), at, user, kind: user ? 'use' : 'failure', attempts: 0, address: '192.0.2.1', device: 'x' };
      await rows().insert({ ...row, day: toStoredDay(host.database, dayOf(at)), segment: segment.a });
      ids.push(row.id);
    }
    return ids;
  }
  const left = async (ids: readonly string[]): Promise<string[]> =>
    (
      await rows()
        .whereIn('id', [...ids])
        .pluck('id')
    ).sort();

  test('USE-1: the server removes what is older than the setting, never of the last year, and logs how many; who, no more', async () => {
    const { host, segment, as } = world();
    const person = await settled(world(), 'sales_rep', segment.a);
    const [old, kept] = [await planted(person.id, [LEAST + 1, 800, 1500]), await planted(person.id, [LEAST - 1, 300, 1])];
    const strangers = await planted(null, [900, 2]);
    // Less than a year is raised to a year.
    await host.restart({ CRM_LOGIN_KEEP_DAYS: '1' });
    await until(async () => (await left([...old, ...strangers])).length === 1, 30_000);
    expect(await left([...old, ...kept, ...strangers])).toEqual([...kept, strangers[1]!].sort());
    const logged = await host.database('crm_audit').where({ action: 'purge', collection: 'crm_logins' });
    expect(logged).toEqual([expect.objectContaining({ item: null, segment: null, user: null, origin: 'job' })]);
    const after = typeof logged[0].after === 'string' ? JSON.parse(logged[0].after) : logged[0].after;
    expect(after).toEqual({ count: 4, before: expect.any(String) });
    expect(Math.abs(Date.parse(after.before) - ago(LEAST).getTime())).toBeLessThan(10 * 60_000);
    expect(JSON.stringify(logged)).not.toContain(person.id);

    const [lost, there] = [dayOf(ago(LEAST + 1)), dayOf(ago(LEAST - 1))];
    const asked = await as.adminA.request('GET', `/crm/logins/expected?user=${person.id}&from=${lost}&to=${there}`);
    expect(asked.status, asked.text).toBe(200);
    const days = new Map((asked.body.days as { day: string; duty: string; used: boolean }[]).map((one) => [one.day, one]));
    expect([days.get(lost), days.get(dayOf(ago(LEAST)))?.duty]).toEqual([{ day: lost, duty: 'not_kept', used: false }, 'not_kept']);
    expect(days.get(there)).toMatchObject({ used: true });
    expect(days.get(there)!.duty).not.toBe('not_kept');
    await host.restart({ CRM_LOGIN_KEEP_DAYS: '36500' });
    await rows()
      .whereIn('id', [...kept, ...strangers])
      .delete();
  });

  test('USE-1: many are removed in steps, and two nodes that look at once remove each of them once', async () => {
    const { host, segment } = world();
    const [old, fresh] = [ago(3000), ago(10)];
    const many = Array.from({ length: 4500 }, (_, n) => ({
      ...{ id: randomUUID(), at: n < 4499 ? old : fresh, user: null, kind: 'failure', attempts: 0, segment: segment.b },
      day: toStoredDay(host.database, dayOf(n < 4499 ? old : fresh)),
    }));
    for (let at = 0; at < many.length; at += 100) await rows().insert(many.slice(at, at + 100));
    const gone = await Promise.all([1, 2].map(() => purgeLogIns(host.database, systemClock, 2000)));
    expect(gone.sort((a, b) => a - b)).toEqual([0, 4499]);
    expect(await rows().where('at', '<', ago(2000)).first('id')).toBeUndefined();
    expect(await left([many.at(-1)!.id])).toHaveLength(1);
    expect(await purgeLogIns(host.database, systemClock, 2000)).toBe(0);
    await rows()
      .where({ id: many.at(-1)!.id })
      .delete();
  });
}
