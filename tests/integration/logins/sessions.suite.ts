import { afterEach, expect, test } from 'vitest';
import { createClient } from '../../harness/client.ts';
import type { World } from '../access/world.ts';
import { enter } from '../freeze/credentials.ts';
import { olderToken, openBrowser, PASSWORD, reasonIn, sessionIn, settled, tryLogIn, until, withCookie } from './people.ts';

const OFF = { lock_minutes: null, idle_minutes: null, day_end: null, one_session: false };
const MINUTE = 60_000;

const clockAt = (moment: Date) => moment.toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' });

/** ACC-1, ACC-2, ACC-3: what a segment says about sessions, held by the server. */
export function sessionsSuite(world: () => World): void {
  const set = async (values: object) => {
    const answer = await world().as.sysadmin.request('PATCH', `/items/crm_segments/${world().segment.a}`, values);
    expect(answer.status, answer.text).toBe(200);
  };
  const sessions = (user: string) => world().host.database('directus_sessions').where({ user });
  const notes = (user: string) => world().host.database('crm_sessions').where({ user });
  const back = (user: string, minutes: number) => notes(user).update({ seen_at: new Date(Date.now() - minutes * MINUTE) });
  const stale = () => new Promise((resolve) => setTimeout(resolve, 1100));
  afterEach(() => set(OFF));

  test('ACC-3: a locked screen gets no answer on any path until the password is said; the session stays', async () => {
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const browser = await openBrowser(world(), person.email);
    expect((await browser.request('GET', '/crm/session')).body).toMatchObject({ known: true, locked: false, hold: null });
    expect((await browser.request('POST', '/crm/session/lock')).status).toBe(200);
    const paths: [string, string, object?][] = [
      ['GET', '/users/me'],
      ['GET', '/items/crm_customers'],
      ['POST', '/items/crm_customers', { name: '锁屏' }],
      ['POST', '/graphql', { query: '{ crm_customers { id } }' }],
      ['POST', '/graphql/system', { query: '{ users_me { id } }' }],
      ['GET', '/crm/my-day'],
      ['POST', '/crm/session/password', { current: PASSWORD, password: 'Another-2026!' }],
      ['GET', '/assets/00000000-0000-4000-8000-000000000000'],
      ['GET', '/ITEMS/crm_customers'],
    ];
    for (const [method, path, body] of paths) {
      const answer = await browser.request(method, path, body);
      expect([path, answer.status, reasonIn(answer)?.reason]).toEqual([path, 423, 'crm_session_locked']);
    }
    expect((await browser.request('GET', '/crm/session')).body.locked).toBe(true);
    const refreshed = await browser.refresh();
    expect(refreshed.status).toBe(200);
    await stale();
    expect((await browser.request('GET', '/users/me')).status, 'a renewed token is of the same screen').toBe(423);
    // Another session of the same person is another screen.
    expect((await (await openBrowser(world(), person.email)).request('GET', '/users/me')).status).toBe(200);
    const wrong = await browser.request('POST', '/crm/session/unlock', { password: 'Wrong-password-1!' });
    expect([wrong.status, reasonIn(wrong)?.reason]).toEqual([403, 'wrong_password']);
    expect((await browser.request('POST', '/crm/session/unlock', { password: PASSWORD })).status).toBe(200);
    expect((await browser.request('GET', '/users/me')).status).toBe(200);
    const failed = await world().host.database('crm_logins').where({ user: person.id, kind: 'failure' });
    expect(failed).toHaveLength(1);
  });

  test('ACC-2, ACC-3: minutes that are set count from then on: nobody who is at work is thrown out or locked', async () => {
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const browser = await openBrowser(world(), person.email);
    const program = await enter(world().host.url, person);
    const old = createClient(world().host.url, olderToken(world(), program.token!, 3));
    await back(person.id, 3);
    for (const minutes of [{ idle_minutes: 1 }, { lock_minutes: 1 }, { idle_minutes: 2, lock_minutes: 1 }]) {
      await back(person.id, 3);
      await set(minutes);
      for (const one of [browser, old]) expect((await one.request('GET', '/users/me')).status, JSON.stringify(minutes)).toBe(200);
    }
  });

  test('ACC-3, ACC-4: five wrong passwords at a locked screen end the session', async () => {
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const browser = await openBrowser(world(), person.email);
    await browser.request('POST', '/crm/session/lock');
    const answers = [];
    for (let n = 0; n < 5; n += 1)
      answers.push((await browser.request('POST', '/crm/session/unlock', { password: `Wrong-${n}-pass!` })).status);
    expect(answers).toEqual([403, 403, 403, 403, 401]);
    expect(await sessions(person.id)).toEqual([]);
    expect((await browser.request('GET', '/users/me')).status).toBe(401);
  });

  test('ACC-3, ACC-4: a lock and the count of wrong passwords hold on every key of a session, also while it is renewed', async () => {
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const browser = await openBrowser(world(), person.email);
    const before = withCookie(world(), browser.cookie());
    expect((await browser.refresh()).status).toBe(200);
    expect(sessionIn(browser.cookie())).not.toBe(sessionIn(before.cookie()));
    // The key before lives for some seconds more.
    expect((await before.request('POST', '/crm/session/lock')).status).toBe(200);
    expect((await browser.request('GET', '/users/me')).status).toBe(423);
    expect((await browser.request('POST', '/crm/session/unlock', { password: PASSWORD })).status).toBe(200);
    expect((await before.request('GET', '/users/me')).status).toBe(200);
    await before.request('POST', '/crm/session/lock');
    const answers = [];
    for (let n = 0; n < 5; n += 1)
      answers.push((await (n < 3 ? before : browser).request('POST', '/crm/session/unlock', { password: `Wrong-${n}-pass!` })).status);
    expect(answers).toEqual([403, 403, 403, 403, 401]);
    expect(await sessions(person.id)).toEqual([]);
    expect([(await before.refresh()).status, (await browser.refresh()).status]).toEqual([401, 401]);
  });

  test('ACC-2, ACC-3: what is in a browser’s cookie is not renewed as the token of a program, by no path', async () => {
    const { host } = world();
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const browser = await openBrowser(world(), person.email);
    await browser.request('POST', '/crm/session/lock');
    const key = sessionIn(browser.cookie());
    const escaped = [...key].map((letter) => `\\u${letter.codePointAt(0)!.toString(16).padStart(4, '0')}`).join('');
    const graph = (query: string, variables = {}) => host.anonymous.graphql(query, variables, true);
    for (const answer of [
      await host.anonymous.request('POST', '/auth/refresh', { mode: 'json', refresh_token: key }),
      await host.anonymous.request('POST', '/auth/refresh', { refresh_token: key }),
      await host.anonymous.request('POST', '/Auth/Refresh/', { refresh_token: [key] }),
      await host.anonymous.request('POST', '/auth/refresh', {}, { headers: { cookie: `directus_refresh_token=${key}` } }),
      await graph(`mutation { auth_refresh(refresh_token: "${key}", mode: json) { access_token } }`),
      await graph(`mutation { auth_refresh(refresh_token: "${escaped}", mode: json) { access_token } }`),
      await graph(`mutation { auth_refresh(refresh_token: \"\"\"${key}\"\"\") { access_token } }`),
      await graph('mutation ($t: String) { a: auth_refresh(refresh_token: $t) { access_token } }', { t: key }),
    ]) {
      expect([answer.status, reasonIn(answer)?.reason], answer.text).toEqual([401, 'of_a_screen']);
      expect(answer.text).not.toContain('access_token":"');
    }
    expect((await browser.refresh()).status, 'the browser itself goes on').toBe(200);
    expect((await browser.request('GET', '/users/me')).status, 'and stays locked').toBe(423);
    const login = await tryLogIn(world(), person.email, PASSWORD);
    const { refresh_token: plain } = (login.body as { data: { refresh_token: string } }).data;
    expect(
      (await graph(`mutation { auth_refresh(refresh_token: "${plain}") { access_token } }`)).body.data.auth_refresh.access_token,
    ).toBeTruthy();
  });

  test('ACC-3: what was noted of a screen stays as long as the host renews it, and goes with it', async () => {
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const browser = await openBrowser(world(), person.email);
    await browser.request('POST', '/crm/session/lock');
    const other = await settled(world(), 'sales_rep', world().segment.a);
    await (await openBrowser(world(), other.email)).request('POST', '/crm/session/lock');
    await sessions(other.id).delete();
    for (const { id } of [person, other]) await back(id, 9 * 24 * 60);
    // The clock looks every five seconds.
    await until(async () => (await notes(other.id)).length === 0, 30_000);
    expect(await notes(person.id)).toHaveLength(1);
    expect((await browser.request('GET', '/users/me')).status).toBe(423);
  });

  test('ACC-3: a screen left alone for the minutes of the segment is locked by the server, whatever the page does', async () => {
    await set({ lock_minutes: 10 });
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const browser = await openBrowser(world(), person.email);
    expect((await browser.request('GET', '/crm/session')).body).toMatchObject({ lock_minutes: 10, idle_minutes: null });
    await back(person.id, 9);
    await stale();
    const byItself = { headers: { 'x-crm-idle': '540' } };
    expect((await browser.request('GET', '/users/me', undefined, byItself)).status, 'no use of it').toBe(200);
    await back(person.id, 11);
    await stale();
    expect((await browser.request('GET', '/users/me')).status).toBe(423);
    expect((await browser.request('POST', '/crm/session/unlock', { password: PASSWORD })).status).toBe(200);
    expect((await browser.request('GET', '/users/me')).status).toBe(200);
  });

  test('ACC-2: a session left alone for too long ends, with a sentence; a program’s tokens too', async () => {
    await set({ idle_minutes: 30 });
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const browser = await openBrowser(world(), person.email);
    const other = await openBrowser(world(), person.email);
    const login = await tryLogIn(world(), person.email, PASSWORD);
    const { access_token: token, refresh_token: refresh } = (login.body as { data: Record<string, string> }).data;
    const program = (path: string) =>
      world().host.anonymous.request('GET', path, undefined, { headers: { authorization: `Bearer ${token}` } });
    expect((await program('/users/me')).status).toBe(200);
    await back(person.id, 31);
    await stale();
    const answer = await browser.request('GET', '/users/me', undefined, { headers: { 'accept-language': 'en-US' } });
    expect([answer.status, reasonIn(answer)?.category]).toEqual([401, 'idle']);
    expect(answer.text).toContain('away for too long');
    expect(answer.headers.getSetCookie().join()).toContain('directus_session_token=;');
    expect((await browser.refresh()).status).toBe(401);
    expect((await other.refresh()).status, 'a renewal is no use').toBe(401);
    expect(reasonIn(await program('/users/me'))?.category).toBe('idle');
    expect((await world().host.anonymous.request('POST', '/auth/refresh', { refresh_token: refresh, mode: 'json' })).status).toBe(401);
    expect(await sessions(person.id)).toEqual([]);
    expect((await (await openBrowser(world(), person.email)).request('GET', '/users/me')).status).toBe(200);
    expect((await person.client.request('GET', '/users/me')).status, 'a static token has no session').toBe(200);
  });

  test('ACC-2: at the end of the working day every session of the segment ends; a log-in after it stands', async () => {
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const elsewhere = await settled(world(), 'sales_rep', world().segment.b);
    const browser = await openBrowser(world(), person.email);
    const there = await openBrowser(world(), elsewhere.email);
    const before = withCookie(world(), olderToken(world(), browser.cookie(), 120));
    expect((await before.request('GET', '/users/me')).status).toBe(200);
    await set({ day_end: clockAt(new Date(Date.now() - MINUTE)) });
    const answer = await before.request('GET', '/users/me');
    expect([answer.status, reasonIn(answer)?.category], answer.text).toEqual([401, 'day_end']);
    expect(await sessions(person.id)).toEqual([]);
    expect((await before.refresh()).status).toBe(401);
    expect((await there.request('GET', '/users/me')).status).toBe(200);
    const again = await openBrowser(world(), person.email);
    await stale();
    expect((await again.request('GET', '/users/me')).status).toBe(200);
    expect((await again.refresh()).status).toBe(200);
    expect((await again.request('GET', '/users/me')).status).toBe(200);
  });

  test('ACC-2: the clock ends the day where nobody asks', async () => {
    const person = await settled(world(), 'sales_rep', world().segment.a);
    await openBrowser(world(), person.email);
    await set({ day_end: '00:00' });
    await world()
      .host.database('crm_install_state')
      .where({ key: `day-end:${world().segment.a}` })
      .update({ value: '2026-01-01T00:00:00.000Z' });
    await until(async () => (await sessions(person.id)).length === 0, 30_000);
  });

  test('ACC-2: setting or moving the end of the day throws nobody out in the middle of it', async () => {
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const browser = await openBrowser(world(), person.email);
    const zone = (timezone: string) => ({ timezone });
    const hoursAgo = (hours: number) => ({ day_end: clockAt(new Date(Date.now() - hours * 60 * MINUTE)) });
    for (const values of [hoursAgo(3), hoursAgo(5), hoursAgo(3), zone('Asia/Urumqi'), zone('Asia/Shanghai')]) {
      await set(values);
      await stale();
      expect([values, (await browser.request('GET', '/users/me')).status]).toEqual([values, 200]);
      expect((await browser.refresh()).status).toBe(200);
    }
    // The clock has looked meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 5500));
    expect((await browser.request('GET', '/users/me')).status).toBe(200);
  });

  test('ACC-1: one session at a time: a new log-in ends those before, a failed one none', async () => {
    await set({ one_session: true });
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const first = await openBrowser(world(), person.email);
    const program = await enter(world().host.url, person).then(async (client) => {
      await stale();
      return client;
    });
    for (const path of ['/users/me', '/items/crm_customers', '/users/me']) {
      const told = await first.request('GET', path, undefined, { headers: { 'accept-language': 'en-US' } });
      expect([told.status, reasonIn(told)?.reason, reasonIn(told)?.category]).toEqual([401, 'crm_signed_out', 'ended']);
      expect(told.text).toContain('log in elsewhere');
    }
    expect((await first.refresh()).status).toBe(401);
    const second = await openBrowser(world(), person.email);
    expect(reasonIn(await program.request('GET', '/users/me'))?.category).toBe('ended');
    expect((await first.request('GET', '/users/me')).status, 'and it stays so').toBe(401);
    await tryLogIn(world(), person.email, 'Wrong-password-1!');
    expect((await second.request('GET', '/users/me')).status).toBe(200);
    expect(await sessions(person.id)).toHaveLength(1);
  });

  test('ACC-2: a token that somebody else made up ends nobody’s session and notes nothing', async () => {
    await set({ idle_minutes: 30 });
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const browser = await openBrowser(world(), person.email);
    await back(person.id, 31);
    const before = await notes(person.id);
    const [head, body] = olderToken(world(), browser.cookie(), 10_000).split('.');
    const forged = withCookie(world(), `${head}.${body}.${Buffer.from('nothing').toString('base64url')}`);
    expect((await forged.request('GET', '/users/me')).status, 'the host’s own answer').toBe(403);
    expect(await sessions(person.id)).toHaveLength(1);
    expect(await notes(person.id)).toEqual(before);
    expect(sessionIn(browser.cookie())).toHaveLength(64);
  });

  test('ACC-2: settings that cannot be kept are refused at their field', async () => {
    const patch = (values: object) => world().as.sysadmin.request('PATCH', `/items/crm_segments/${world().segment.a}`, values);
    for (const [values, field] of [
      [{ day_end: '25:00' }, 'day_end'],
      [{ day_end: '8 pm' }, 'day_end'],
      [{ lock_minutes: 0 }, 'lock_minutes'],
      [{ idle_minutes: 1441 }, 'idle_minutes'],
    ] as const) {
      const answer = await patch(values);
      expect([answer.status, answer.body.errors[0].extensions.field], JSON.stringify(values)).toEqual([400, field]);
    }
    expect((await patch({ day_end: ' ', lock_minutes: null })).status).toBe(200);
    expect((await world().row('crm_segments', world().segment.a))['day_end']).toBeNull();
  });

  test('ACC-3: only a screen is locked', async () => {
    const answer = await world().as.repA1.request('POST', '/crm/session/lock');
    expect([answer.status, reasonIn(answer)?.reason]).toEqual([400, 'no_screen']);
    expect((await world().host.anonymous.request('GET', '/crm/session')).body).toMatchObject({ known: false });
    for (const path of ['lock', 'unlock', 'password'])
      expect((await world().host.anonymous.request('POST', `/crm/session/${path}`, {})).status).toBe(403);
  });
}
