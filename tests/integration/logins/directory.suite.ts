import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ROLE_IDS, type RoleName } from '../../../extensions/crm/src/kernel/roles.ts';
import { createClient, type Answer } from '../../harness/client.ts';
import { GROUPS_DN, listed, type DirectoryServer, type Listed } from '../../harness/directory-server.ts';
import type { World } from '../access/world.ts';
import { freeze, hire, PASSWORD, thaw, type Hired } from '../freeze/credentials.ts';
import { reasonIn, tryLogIn, until, withCookie, type Browser } from './people.ts';

/** The names that the host knows one and the same directory by: as the guide says, and in two ways in which somebody may set it up. */
const STAFF = 'staff';
const OPEN = 'anybody';
const GROUPED = 'grouped';

const WRONG = 'Wrong-password-1!';
const SESSION = /directus_session_token=([^;]+)/u;

/** What a host is started with that lets people in by the directory. */
export const directoryEnv = (directory: DirectoryServer): Record<string, string> => ({
  AUTH_PROVIDERS: [STAFF, OPEN, GROUPED].join(','),
  ...directory.envFor(STAFF),
  ...directory.envFor(OPEN, { DEFAULT_ROLE_ID: ROLE_IDS.sales_rep }),
  ...directory.envFor(GROUPED, { GROUP_DN: GROUPS_DN }),
});

/** Q9, N4, ACC-9: people whom the directory of the group lets in are frozen, held and counted like everybody. */
export function directorySuite(world: () => World, directory: () => DirectoryServer): void {
  const users = () => world().host.database('directus_users');
  const rows = (user: string) => world().host.database('crm_logins').where({ user }).whereNot({ kind: 'use' }).orderBy('at');
  const kinds = async (user: string) => (await rows(user)).map(({ kind, attempts }) => [kind, Number(attempts)]);
  const logIn = (identifier: string, password: string, by = STAFF, mode: 'session' | 'json' = 'session') =>
    world().host.anonymous.request('POST', `/auth/login/${by}`, { identifier, password, mode });
  const cookieOf = (answer: Answer): string | null => SESSION.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? null;
  const browse = async (identifier: string, password = PASSWORD, by = STAFF): Promise<Browser> => {
    const answer = await logIn(identifier, password, by);
    expect([answer.status, cookieOf(answer)], answer.text).toEqual([200, expect.any(String)]);
    return withCookie(world(), cookieOf(answer)!);
  };
  const statusOf = async (browser: Browser, path = '/items/crm_customers') => (await browser.request('GET', path)).status;

  /** Somebody of the CRM who logs in by the directory. */
  async function somebody(role: RoleName = 'sales_rep', by = STAFF): Promise<Hired & { uid: string; dn: string }> {
    const person = await hire(world(), role, world().segment.a);
    const { uid } = listed(PASSWORD);
    const dn = directory().enter({ uid, email: person.email, password: PASSWORD });
    const change = { provider: by, external_identifier: dn, password: null };
    const answer = await world().root.request('PATCH', `/users/${person.id}`, change);
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    await users().where({ id: person.id }).update({ token: null });
    return { ...person, uid, dn };
  }
  /** Somebody of the group who is nobody here yet. */
  function stranger(): Listed & { dn: string } {
    const person = listed(PASSWORD);
    return { ...person, dn: directory().enter(person) };
  }

  test('ACC-1: the directory of the group lets people in, with their own rights, and it is kept as such', async () => {
    const person = await somebody();
    const browser = await browse(person.uid);
    const own = await world().create(world().as.repA1, 'crm_customers', { name: `别人的 ${randomUUID()}` });
    expect((await browser.request('GET', '/users/me?fields=email')).body).toEqual({ data: { email: person.email } });
    expect(await statusOf(browser)).toBe(200);
    expect(await statusOf(browser, `/items/crm_customers/${own.id}`)).toBe(403);
    expect((await browser.refresh()).status).toBe(200);
    await until(async () => (await rows(person.id)).length === 1);
    expect((await rows(person.id))[0]).toMatchObject({ kind: 'success', provider: STAFF, segment: world().segment.a });
  });

  test('ACC-4: wrong passwords are counted in a row until a right one, and nobody learns who is in the directory', async () => {
    const person = await somebody();
    const wrong = await logIn(person.uid, WRONG);
    expect(wrong.status).toBe(401);
    for (const nobody of [randomUUID(), '*', `${person.uid})(uid=*`]) {
      const answer = await logIn(nobody, PASSWORD);
      expect([nobody, answer.status, answer.text]).toEqual([nobody, wrong.status, wrong.text]);
    }
    expect((await logIn(person.uid, WRONG)).status).toBe(401);
    expect((await logIn(person.uid, PASSWORD)).status).toBe(200);
    directory().setPassword(person.dn, 'Another-one-2026!');
    expect((await logIn(person.uid, PASSWORD)).status).toBe(401);
    expect((await logIn(person.uid, 'Another-one-2026!')).status).toBe(200);
    await until(async () => (await rows(person.id)).length === 5);
    expect(await kinds(person.id)).toEqual([
      ['failure', 1],
      ['failure', 2],
      ['success', 0],
      ['failure', 1],
      ['success', 0],
    ]);
    expect(new Set((await rows(person.id)).map(({ provider }) => provider))).toEqual(new Set([STAFF]));
  });

  test('ACC-9, N4: a freeze ends their sessions before it answers, and no log-in by the directory opens a new one until the thaw', async () => {
    const person = await somebody();
    const local = await hire(world(), 'sales_rep', world().segment.a);
    const browser = await browse(person.uid);
    const before = withCookie(world(), browser.cookie());
    const { access_token: token, refresh_token: refresh } = (await logIn(person.uid, PASSWORD, STAFF, 'json')).body.data;
    const program = createClient(world().host.url, token);
    expect([await statusOf(browser), (await program.request('GET', '/items/crm_customers')).status]).toEqual([200, 200]);
    for (const { id } of [person, local]) expect((await freeze(world().as.adminA, id)).status).toBe(200);

    expect([await statusOf(browser), (await program.request('GET', '/items/crm_customers')).status]).toEqual([401, 401]);
    expect((await browser.refresh()).status).toBeGreaterThanOrEqual(400);
    const renewal = { refresh_token: refresh, mode: 'json' };
    expect((await world().host.anonymous.request('POST', '/auth/refresh', renewal)).status).toBeGreaterThanOrEqual(400);
    const frozen = await tryLogIn(world(), local.email, PASSWORD);
    for (const password of [PASSWORD, WRONG]) {
      const answer = await logIn(person.uid, password);
      expect([answer.status, answer.text, cookieOf(answer)]).toEqual([frozen.status, frozen.text, null]);
    }
    directory().setPassword(person.dn, 'Another-one-2026!');
    expect((await logIn(person.uid, 'Another-one-2026!')).text).toBe(frozen.text);
    await until(async () => (await rows(person.id)).filter(({ kind }) => kind === 'refused').length === 3);

    expect((await thaw(world().as.adminA, person.id)).status).toBe(200);
    expect(await statusOf(await browse(person.uid, 'Another-one-2026!'))).toBe(200);
    expect([await statusOf(before), (await program.request('GET', '/items/crm_customers')).status]).toEqual([401, 401]);
  });

  test('ACC-11: whoever is held before the exam comes in by the directory too, to nothing, until released', async () => {
    const person = await somebody();
    const hold = (crm_pending_exam: boolean) => world().as.sysadmin.request('PATCH', `/users/${person.id}`, { crm_pending_exam });
    expect((await hold(true)).status).toBe(200);
    const browser = await browse(person.uid);
    for (const path of ['/items/crm_customers', '/crm/my-day', '/users']) {
      const answer: Answer = await browser.request('GET', path);
      expect([path, answer.status, reasonIn(answer)?.reason]).toEqual([path, 403, 'crm_exam_pending']);
    }
    expect((await hold(false)).status).toBe(200);
    expect(await statusOf(browser)).toBe(200);
  });

  test('ORG-7, ORG-11: whom the directory brings and the CRM does not know has no right and no post, whatever the set-up says', async () => {
    const strangers = [STAFF, OPEN, GROUPED].map((by) => ({ by, ...stranger() }));
    const group = strangers.map(({ dn }) => dn);
    directory().group('sales_rep', group);
    for (const { by, uid, email } of strangers) {
      const browser = await browse(uid, PASSWORD, by);
      const user = await users().where({ email }).first('role', 'crm_segment', 'provider');
      expect([by, user]).toEqual([by, { role: null, crm_segment: null, provider: by }]);
      for (const path of ['/items/crm_customers', '/items/crm_segments', '/items/crm_logins', '/crm/my-day', '/crm/me']) {
        expect([by, path, await statusOf(browser, path)]).toEqual([by, path, expect.toBeOneOf([401, 403])]);
      }
      const seen: Answer<{ data?: { id: string }[] }> = await browser.request('GET', '/users?limit=-1');
      expect(seen.body.data?.length ?? 0).toBeLessThanOrEqual(1);
    }
  });

  test('ORG-8, N4: a group of the directory neither makes a system admin nor takes a post from anybody', async () => {
    const admins = () => users().where({ role: ROLE_IDS.system_admin, status: 'active' }).pluck('id');
    const before = await admins();
    const [rep, admin] = [await somebody('sales_rep', GROUPED), await somebody('segment_admin', GROUPED)];
    directory().group('system_admin', [rep.dn]);
    for (const [{ uid, id }, role] of [
      [rep, 'sales_rep'],
      [admin, 'segment_admin'],
    ] as const) {
      const browser = await browse(uid, PASSWORD, GROUPED);
      expect((await users().where({ id }).first('role')).role).toBe(ROLE_IDS[role]);
      expect(await statusOf(browser)).toBe(200);
    }
    expect(await admins()).toEqual(before);
  });

  test('ACC-1, F9: an entry with somebody else’s address does not become that person', async () => {
    const { email } = await users().where({ id: world().id.sysadmin }).first('email');
    const dn = directory().enter({ ...listed(PASSWORD), email });
    const answer = await logIn(/^uid=([^,]+)/u.exec(dn)![1]!, PASSWORD);
    expect([answer.status >= 400, cookieOf(answer)]).toEqual([true, null]);
    expect(await users().where({ email }).select('id', 'provider', 'external_identifier')).toEqual([
      { id: world().id.sysadmin, provider: 'default', external_identifier: null },
    ]);
  });

  test('ACC-3: a locked screen opens with the password of the directory, and with no other', async () => {
    const person = await somebody();
    const browser = await browse(person.uid);
    expect((await browser.request('POST', '/crm/session/lock')).status).toBe(200);
    expect(await statusOf(browser)).toBe(423);
    const wrong: Answer = await browser.request('POST', '/crm/session/unlock', { password: WRONG });
    expect([wrong.status, reasonIn(wrong)?.reason]).toEqual([403, 'wrong_password']);
    expect((await browser.request('POST', '/crm/session/unlock', { password: PASSWORD })).status).toBe(200);
    expect(await statusOf(browser)).toBe(200);
  });

  test('ACC-5: no link, and no password to change here: who had one before they came by the directory is not held for it', async () => {
    const person = await somebody();
    await users().where({ id: person.id }).update({ crm_must_change_password: true });
    const answer = await world().as.adminA.request('POST', `/crm/users/${person.id}/reset-link`, {});
    expect([answer.status >= 400, reasonIn(answer)?.reason]).toEqual([true, 'other_provider']);
    const browser = await browse(person.uid);
    expect([await statusOf(browser), (await browser.request('GET', '/crm/session')).body.hold]).toEqual([200, null]);
    const change = { current: PASSWORD, password: 'Another-one-2026!' };
    const changed: Answer = await browser.request('POST', '/crm/session/password', change);
    expect([changed.status, reasonIn(changed)?.reason]).toEqual([400, 'elsewhere']);
  });

  test('N4: while the directory is away nobody comes in by it, others do, and a freeze holds; then it goes on', async () => {
    const [frozen, known] = [await somebody(), await somebody()];
    const local = await hire(world(), 'sales_rep', world().segment.a);
    const browser = await browse(frozen.uid);
    await directory().halt();
    try {
      // One after the other: the host's client of LDAP forgets one of two that find the directory gone at the same moment.
      const said = new Set<string>();
      for (const uid of [known.uid, frozen.uid, randomUUID()]) {
        const { status, text } = await logIn(uid, PASSWORD);
        said.add(`${status} ${text}`);
      }
      expect([...said]).toEqual([expect.stringMatching(/^503 /u)]);
      // Where the directory stands is nobody's business who is not even in.
      expect([...said].join()).toContain('服务暂时不可用');
      expect([...said].join()).not.toMatch(/ECONN|127\.0\.0\.1|localhost|:\d{2,5}\b/iu);
      expect((await tryLogIn(world(), local.email, PASSWORD)).status).toBe(200);
      expect(await statusOf(browser)).toBe(200);
      expect((await freeze(world().as.adminA, frozen.id)).status).toBe(200);
      expect(await statusOf(browser)).toBe(401);
    } finally {
      await directory().resume();
    }
    expect(await statusOf(await browse(known.uid))).toBe(200);
    expect((await logIn(frozen.uid, PASSWORD)).status).toBe(401);
  });
}
