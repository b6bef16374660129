import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import { toStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import type { Client } from '../../harness/client.ts';
import type { World } from '../access/world.ts';
import { freeze } from '../freeze/credentials.ts';
import { settled } from './people.ts';

interface Expected {
  user: string;
  from: string;
  to: string;
  expected: number;
  missing: number;
  days: { day: string; duty: string; used: boolean }[];
  weeks: { week: string; expected: number; missing: number }[];
}

/** USE-1, Q12: when somebody is expected to log in, and when they did; the days are of a week that is long over. */
export function expectedSuite(world: () => World): void {
  const ask = (client: Client, query: string) => client.request<Expected>('GET', `/crm/logins/expected${query}`);
  const week = (user: string) => `?user=${user}&from=2025-09-22&to=2025-10-12`;

  async function absence(collection: 'crm_trips' | 'crm_leaves', owner: string, [from, to]: [string, string], state = 'approved') {
    const { host, segment } = world();
    const on = { from_on: toStoredDay(host.database, from), to_on: toStoredDay(host.database, to) };
    const more = collection === 'crm_trips' ? { destination: '上海' } : { kind: 'annual' };
    await host.database(collection).insert({ id: randomUUID(), owner, segment: segment.a, state, ...on, ...more });
  }

  /** Somebody who was there before anything was logged: nothing says when the log-in was opened. */
  async function longThere(): Promise<string> {
    const { host, segment } = world();
    const id = randomUUID();
    const row = { id, email: `${id}@example.com`, role: ROLE_IDS.sales_rep, status: 'active', crm_segment: segment.a, provider: 'default' };
    await host.database('directus_users').insert(row);
    return id;
  }

  async function used(user: string, days: string[], kind = 'use') {
    const { host, segment } = world();
    for (const day of days) {
      const row = { id: randomUUID(), at: new Date(`${day}T02:00:00Z`), user, kind, segment: segment.a };
      await host.database('crm_logins').insert({ ...row, day: toStoredDay(host.database, day) });
    }
  }

  test('USE-1, Q12: per person and day from the calendar, approved leave and trips; what was used counts', async () => {
    const { as } = world();
    const person = await longThere();
    await absence('crm_leaves', person, ['2025-09-23', '2025-09-24']);
    await absence('crm_leaves', person, ['2025-09-26', '2025-09-26'], 'requested');
    await absence('crm_trips', person, ['2025-10-09', '2025-10-12']);
    await used(person, ['2025-09-22', '2025-09-28', '2025-10-10']);
    await used(person, ['2025-09-25'], 'failure');
    const { status, body } = await ask(as.adminA, week(person));
    expect(status).toBe(200);
    const duty = Object.fromEntries(body.days.map((one) => [one.day.slice(5), one.duty]));
    // Made up on Sunday 28 September and Saturday 11 October 2025; National Day from 1 to 8 October.
    expect(duty).toMatchObject({ '09-22': 'log_in', '09-23': 'on_leave', '09-26': 'log_in', '09-27': 'day_off', '09-28': 'log_in' });
    expect(duty).toMatchObject({ '10-01': 'day_off', '10-08': 'day_off', '10-09': 'on_trip', '10-11': 'on_trip', '10-12': 'day_off' });
    expect(body.days.filter((one) => one.used).map(({ day }) => day)).toEqual(['2025-09-22', '2025-09-28', '2025-10-10']);
    expect(body.weeks).toEqual([
      { week: '2025-09-22', expected: 4, missing: 2 },
      { week: '2025-09-29', expected: 2, missing: 2 },
      { week: '2025-10-06', expected: 2, missing: 1 },
    ]);
    expect([body.user, body.expected, body.missing]).toEqual([person, 8, 5]);
  });

  test('USE-1, ORG-2: heads and admins know it of their people, group staff of everybody; a stranger looks absent', async () => {
    const { as, id } = world();
    const person = await longThere();
    for (const client of [as.adminA, as.headA, as.exec, as.sysadmin]) expect((await ask(client, week(person))).body.missing).toBe(11);
    expect((await ask(as.repA1, week(id.repA1))).body.user).toBe(id.repA1);
    const absent = await ask(as.repA2, week(randomUUID()));
    expect(absent.status).toBe(403);
    for (const client of [as.repA2, as.headB, as.adminB, as.repB]) {
      const { status, text } = await ask(client, week(person));
      expect([status, text]).toEqual([absent.status, absent.text]);
    }
    expect((await ask(world().host.anonymous, week(person))).status).toBe(403);
  });

  test('USE-1: nothing is expected before the log-in was opened, nor of whoever is frozen', async () => {
    const { as, segment } = world();
    const person = await settled(world(), 'sales_rep', segment.a);
    const before = await ask(as.adminA, week(person.id));
    expect([before.body.expected, before.body.days.every(({ duty }) => duty === 'shut_out')]).toEqual([0, true]);
    const ahead = `?user=${person.id}&from=2031-06-02&to=2031-06-06`;
    expect((await ask(as.adminA, ahead)).body).toMatchObject({ expected: 5, missing: 0 });
    await freeze(as.adminA, person.id);
    expect((await ask(as.adminA, ahead)).body).toMatchObject({ expected: 0, missing: 0 });
  });

  test('USE-1, ACC-10, ACC-11: nothing is expected of whoever is closed, by a form or in the Studio, nor before the exam', async () => {
    const { as, segment } = world();
    const ahead = (user: string) => ask(as.adminA, `?user=${user}&from=2031-06-02&to=2031-06-06`);
    const [closed, held] = [await settled(world(), 'sales_rep', segment.a), await settled(world(), 'sales_rep', segment.a)];
    const change = async (id: string, fields: object) =>
      expect((await as.sysadmin.request('PATCH', `/users/${id}`, fields)).status).toBe(200);
    await change(closed.id, { status: 'archived' });
    await change(held.id, { crm_pending_exam: true });
    for (const { id } of [closed, held]) expect((await ahead(id)).body).toMatchObject({ expected: 0, missing: 0 });
    await change(closed.id, { status: 'active' });
    await change(held.id, { crm_pending_exam: false });
    for (const { id } of [closed, held]) expect((await ahead(id)).body).toMatchObject({ expected: 5 });
  });

  test('USE-1: of the days between a close and the day on which somebody came back nothing is missing', async () => {
    const { as, host } = world();
    const person = await longThere();
    const entries = [
      ['2025-09-23', 'archived'],
      ['2025-10-10', 'active'],
    ] as const;
    for (const [place, [day, status]] of entries.entries()) {
      const at = new Date(`${day}T03:00:00Z`);
      const what = { collection: 'directus_users', item: person, action: 'update', nth: place + 1, after: JSON.stringify({ status }) };
      await host.database('crm_audit').insert({ id: randomUUID(), at, origin: 'test', ...what });
    }
    const { body } = await ask(as.adminA, week(person));
    expect(body.days.filter(({ duty }) => duty === 'log_in').map(({ day }) => day)).toEqual(['2025-09-22', '2025-10-11']);
    expect(body.missing).toBe(2);
  });

  test('USE-1: without a period it is this month until today; what is no period is refused with what to write', async () => {
    const { as, id } = world();
    const { body } = await ask(as.repA1, '');
    expect([body.user, body.from.slice(8), body.to >= body.from]).toEqual([id.repA1, '01', true]);
    expect((await ask(as.repA1, '?from=2001-01-01')).body.days).toHaveLength(366);
    const bad = [
      '?user=x',
      '?from=2025-02-30&to=2025-03-01',
      '?from=2025-03-02&to=2025-03-01',
      '?to=2025-03-01',
      '?from=2024-01-01&to=2025-01-01',
      '?from=9999-12-31',
      '?from=1999-12-31&to=2000-01-02',
    ];
    for (const query of bad) {
      const { status, body: refusal } = await ask(as.repA1, query);
      const [error] = (refusal as unknown as { errors: { message: string; extensions: { code: string } }[] }).errors;
      expect([query, status, error?.extensions.code]).toEqual([query, 400, 'INVALID_QUERY']);
      expect(error?.message).toContain('YYYY-MM-DD');
    }
  });
}
