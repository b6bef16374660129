import { afterAll, beforeAll, expect, test } from 'vitest';
import { runHost, waitUntilReady, type HostProcess } from '../../../bin/lib/host-process.mjs';
import { createClient } from '../../harness/client.ts';
import { freePort } from '../../harness/free-port.ts';
import type { World } from '../access/world.ts';
import { credentialsOf, enter, freeze, hire, openOnes, PASSWORD, thaw, type Credential, type Hired } from './credentials.ts';

export interface OwnRedis {
  stop(): Promise<void>;
  start(): Promise<void>;
}

const OTHERS = 2;

/** B9, F3: two nodes more, with Redis there, gone, and back again in the middle of it. */
export function nodesSuite(world: () => World, redis: () => OwnRedis): void {
  const others: HostProcess[] = [];
  const urls: string[] = [];
  beforeAll(async () => {
    for (let node = 0; node < OTHERS; node += 1) {
      const port = String(await freePort());
      others.push(runHost(['start'], { ...world().host.env, PORT: port }));
      urls.push(`http://127.0.0.1:${port}`);
    }
    await Promise.all(urls.map((url, node) => waitUntilReady(url, others[node]!)));
  });
  afterAll(() => Promise.all(others.map((other) => other.stop())));

  /** How long after the answer something still opened at another node, in milliseconds. */
  async function lastOpen(credentials: readonly Credential[], url: string): Promise<number> {
    const answered = performance.now();
    let last = 0;
    for (let quiet = 0; quiet < 2;) {
      const begun = performance.now() - answered;
      const open = await openOnes(credentials, url);
      if (open.length) last = begun;
      quiet = open.length ? 0 : quiet + 1;
      if (open.length && begun > 10_000) throw new Error(`still open: ${open.join(', ')}`);
    }
    return last;
  }

  /** The host needs a moment to find its Redis again: until then nobody logs in, which is closed, not open. */
  const usable = async (person: Hired) => {
    for (const node of [world().host.url, ...urls])
      await expect
        .poll(
          () =>
            enter(node, person).then(
              () => true,
              () => false,
            ),
          { timeout: 30_000 },
        )
        .toBe(true);
  };

  test.each(['there', 'gone', 'back'] as const)(
    'B9, F3: dead on the node that froze, within a second on the others; Redis is %s',
    async (state) => {
      if (state === 'back') await redis().start();
      const person = await hire(world(), 'sales_rep', world().segment.a);
      await usable(person);
      const credentials = await credentialsOf(world(), person);
      const jwt = (await enter(urls[0]!, person)).token;
      for (const url of urls) {
        expect(await openOnes(credentials, url)).toEqual(credentials.map(({ name }) => name));
        // What another node has just read is what it goes by for the next second.
        expect((await createClient(url, jwt).request('GET', '/server/info')).status).toBe(200);
      }
      if (state === 'gone') await redis().stop();
      const answer = await freeze(world().as.adminA, person.id);
      expect(answer.status, answer.text).toBe(200);
      const [here, ...elsewhere] = await Promise.all([
        openOnes(credentials, world().host.url),
        ...urls.map((url) => lastOpen(credentials, url)),
      ]);
      expect(here).toEqual([]);
      const there = Math.max(...elsewhere);
      // Others go on working, with tokens that the node can judge by the database alone.
      if (state !== 'gone') expect((await world().as.repA1.request('GET', '/items/crm_customers')).status).toBe(200);
      expect(there).toBeLessThanOrEqual(1000);
      // Refused by what the database says, not by what is missing.
      for (const url of urls) expect((await createClient(url, jwt).request('GET', '/items/crm_customers')).status).toBe(401);
      console.info(`freeze, Redis ${state}: the other nodes let somebody in until ${there.toFixed(0)} ms after the answer`);
      if (state !== 'gone') return void (await thaw(world().as.adminA, person.id));
      // Long after it the answer is the same: nothing that was kept comes back.
      await new Promise((resolve) => setTimeout(resolve, 2000));
      for (const url of urls) expect(await openOnes(credentials, url)).toEqual([]);
    },
  );

  test('ACC-3, ACC-11: a lock of the screen and a hold until the exam are there on every node within a second', async () => {
    const { as, host, segment } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    await host.database('directus_users').where({ id: person.id }).update({ crm_must_change_password: false });
    await usable(person);
    const given = await host.anonymous.request('POST', '/auth/login', { email: person.email, password: PASSWORD, mode: 'session' });
    const cookie = (given.headers.get('set-cookie') ?? '').split(';')[0]!;
    const look = async (url: string) =>
      (await createClient(url, null).request('GET', '/items/crm_customers', undefined, { headers: { cookie } })).status;
    const all = () => Promise.all([host.url, ...urls].map(look));
    const afterASecond = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1100));
      return all();
    };
    expect(await all()).toEqual([200, 200, 200]);
    const { status } = await host.anonymous.request('POST', '/crm/session/lock', {}, { headers: { cookie } });
    expect([status, await look(host.url), await afterASecond()]).toEqual([200, 423, [423, 423, 423]]);
    const unlock = createClient(urls[0]!, null).request('POST', '/crm/session/unlock', { password: PASSWORD }, { headers: { cookie } });
    expect([(await unlock).status, await afterASecond()]).toEqual([200, [200, 200, 200]]);
    for (const [crm_pending_exam, seen] of [
      [true, 403],
      [false, 200],
    ] as const) {
      expect((await as.sysadmin.request('PATCH', `/users/${person.id}`, { crm_pending_exam })).status).toBe(200);
      expect([await look(host.url), await afterASecond()]).toEqual([seen, [seen, seen, seen]]);
    }
  });

  test('ACC-9: of three nodes one thaws what is over, once', async () => {
    const { host, as, segment, id } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const until = new Date(Date.now() + 1500).toISOString();
    await freeze(as.adminA, person.id, { reason: '三个节点', until });
    const row = () => host.database('crm_freezes').where({ user: person.id }).first();
    for (let tries = 0; (await row()).state !== 'thawed' && tries < 200; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await row()).state).toBe('thawed');
    const notes = await host
      .database('directus_notifications')
      .where({ recipient: id.adminA, subject: '一个账号的冻结期已满，已自动解冻' });
    const log = await host.database('crm_audit').where({ collection: 'crm_freezes', item: (await row()).id, action: 'update' });
    expect(log).toHaveLength(1);
    expect(notes.length).toBeGreaterThan(0);
  });
}
