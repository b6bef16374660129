import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ROLE_IDS, ROLE_NAMES } from '../../../extensions/crm/src/kernel/roles.ts';
import { createClient } from '../../harness/client.ts';
import type { World } from '../access/world.ts';
import { enter, freeze, hire, thaw } from '../freeze/credentials.ts';
import { fromElsewhere, openBrowser, PASSWORD, reasonIn, settled, tryLogIn } from './people.ts';

const NEXT = 'Quite-another-2026!';
const WEAK = ['short1!', 'nouppercase-2026!', 'NOLOWERCASE-2026!', 'NoDigits-at-all!', 'NoSymbols2026abc'];

/** ACC-4, ACC-5, ACC-7, Q10, F12: passwords, one-time links, the second factor, other services. */
export function passwordsSuite(world: () => World): void {
  const user = (id: string) => world().row('directus_users', id);
  const linkFor = (by: { request: World['root']['request'] }, id: string) => by.request('POST', `/crm/users/${id}/reset-link`);
  const redeem = (token: string, password: string) =>
    world().host.anonymous.request('POST', '/crm/session/reset', { token, password }, fromElsewhere());
  const tokenIn = (url: string) => url.split('#')[1]!;

  test('ACC-4, ACC-5, Q10: a one-time link sets a new password once, ends every session, and is logged', async () => {
    const { as, segment, host, id } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const browser = await openBrowser(world(), person.email);
    const login = await tryLogIn(world(), person.email, PASSWORD);
    const { access_token: plain, refresh_token: refresh } = (login.body as { data: Record<string, string> }).data;
    const program = createClient(host.url, plain!);
    expect((await program.request('GET', '/users/me')).status).toBe(200);
    // Tokens tell seconds: one of the same second as the new password is not known for an old one.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const earlier = tokenIn((await linkFor(as.adminA, person.id)).body.url);
    const made = await linkFor(as.adminA, person.id);
    expect(made.status, made.text).toBe(200);
    expect(Date.parse(made.body.expires_at) - Date.now()).toBeGreaterThan(118 * 60_000);
    const token = tokenIn(made.body.url);
    expect(JSON.stringify(await host.database('crm_reset_links').where({ user: person.id }))).not.toContain(token);
    expect((await redeem(earlier, NEXT)).status, 'only the newest is good').toBe(403);
    for (const weak of WEAK) expect([weak, (await redeem(token, weak)).status]).toEqual([weak, 400]);
    const both = await Promise.all([redeem(token, NEXT), redeem(token, NEXT)]);
    expect(both.map(({ status }) => status).sort(), both.map(({ text }) => text).join()).toEqual([200, 403]);
    expect((await redeem(token, PASSWORD)).status, 'once').toBe(403);
    expect((await browser.request('GET', '/users/me')).status).toBe(401);
    expect((await program.request('GET', '/users/me')).status, 'a plain token').toBe(401);
    expect((await person.client.request('GET', '/users/me')).status, 'a static token').toBe(401);
    expect((await host.anonymous.request('POST', '/auth/refresh', { refresh_token: refresh, mode: 'json' })).status).toBe(401);
    expect((await tryLogIn(world(), person.email, PASSWORD)).status).toBe(401);
    const client = await openBrowser(world(), person.email, NEXT);
    expect((await client.request('GET', '/users/me')).status, 'nothing more to change').toBe(200);
    const row = await user(person.id);
    expect([Boolean(row['crm_must_change_password']), Boolean(row['crm_password_changed_at'])]).toEqual([false, true]);
    const logged = await host
      .database('crm_audit')
      .where({ item: person.id })
      .whereIn('action', ['reset_link', 'reset_link_used'])
      .orderBy('at');
    expect(logged.map(({ action, user: by, segment: where }) => [action, by, where])).toEqual([
      ['reset_link', id.adminA, segment.a],
      ['reset_link', id.adminA, segment.a],
      ['reset_link_used', null, segment.a],
    ]);
    expect(JSON.stringify(logged)).not.toContain(token);
    expect(await host.database('directus_notifications').where({ recipient: person.id }), 'made twice, used once').toHaveLength(3);
  });

  test('ACC-4, Q10, ORG-2: who gives links to whom; people of others are as nobody', async () => {
    const { as, id } = world();
    const absent = await linkFor(as.adminA, randomUUID());
    expect(absent.status).toBe(403);
    for (const [who, target] of [
      ['adminA', id.repB],
      ['adminA', id.exec],
      ['headA', id.repA2],
      ['exec', id.repA2],
      ['repA1', id.repA2],
    ] as const)
      expect([who, (await linkFor(as[who], target)).text]).toEqual([who, absent.text]);
    expect(reasonIn(await linkFor(as.adminA, id.headA))?.reason).toBe('reset_reps_only');
    expect(reasonIn(await linkFor(as.sysadmin, id.sysadmin))?.reason).toBe('own_reset');
    for (const target of [id.headB, id.exec, id.lostRep]) expect((await linkFor(as.sysadmin, target)).status).toBe(200);
    expect((await world().host.anonymous.request('POST', `/crm/users/${id.repA2}/reset-link`)).status).toBe(403);
  });

  test('ACC-5, ACC-9: a link is no way around a freeze, and dies with its time', async () => {
    const { as, segment, host } = world();
    const person = await settled(world(), 'sales_rep', segment.a);
    const token = tokenIn((await linkFor(as.adminA, person.id)).body.url);
    await freeze(as.adminA, person.id);
    const refused = await redeem(token, NEXT);
    expect([refused.status, refused.body.errors[0].extensions.code]).toEqual([403, 'LINK_INVALID']);
    expect((await redeem('x'.repeat(43), NEXT)).text, 'as one that nobody made').toBe(refused.text);
    expect((await linkFor(as.adminA, person.id)).status).toBe(409);
    await thaw(as.adminA, person.id);
    await host
      .database('crm_reset_links')
      .where({ user: person.id })
      .update({ expires_at: new Date(Date.now() - 1000) });
    expect((await redeem(token, NEXT)).text).toBe(refused.text);
    expect((await tryLogIn(world(), person.email, PASSWORD)).status).toBe(200);
  });

  test('ACC-5, ACC-9, Q10: a link ends with whoever made it, and when its bearer would become somebody else', async () => {
    const { as, segment } = world();
    const expectDead = async (token: string, what: string) => {
      const { status, body } = await redeem(token, NEXT);
      expect([what, status, body.errors?.[0].extensions.code]).toEqual([what, 403, 'LINK_INVALID']);
    };
    const maker = await settled(world(), 'segment_admin', segment.c);
    const [first, second] = [await settled(world(), 'sales_rep', segment.c), await settled(world(), 'sales_rep', segment.a)];
    const left = tokenIn((await linkFor(maker.client, first.id)).body.url);
    expect((await freeze(as.sysadmin, maker.id)).status).toBe(200);
    await expectDead(left, 'its maker is frozen');
    expect((await thaw(as.sysadmin, maker.id)).status).toBe(200);
    await expectDead(left, 'its maker was frozen');
    const patch = async (person: string, values: object) => {
      const answer = await as.sysadmin.request('PATCH', `/users/${person}`, values);
      expect(answer.status, answer.text).toBe(200);
    };
    const raised = tokenIn((await linkFor(as.adminA, second.id)).body.url);
    await patch(second.id, { role: ROLE_IDS.segment_head });
    await expectDead(raised, 'a head now');
    await patch(second.id, { role: ROLE_IDS.sales_rep });
    await expectDead(raised, 'was a head');
    const moved = tokenIn((await linkFor(as.adminA, second.id)).body.url);
    await patch(second.id, { crm_segment: segment.b });
    await expectDead(moved, 'of another segment');
    await patch(second.id, { crm_segment: segment.a });
    expect((await redeem(moved, NEXT)).status, 'the maker may give it again').toBe(200);
    await patch(maker.id, { status: 'archived' });
  });

  test('ACC-4, F12: no reset by mail: one answer for unknown, frozen and active addresses, in one time', async () => {
    const { as, segment, host } = world();
    const [active, frozen] = [await hire(world(), 'sales_rep', segment.a), await hire(world(), 'sales_rep', segment.a)];
    await freeze(as.adminA, frozen.id);
    const emails = [active.email, frozen.email, 'nobody@example.com', 'admin@example.com'];
    const ask = async (email: string) => {
      const begun = performance.now();
      const { status, text } = await host.anonymous.request('POST', '/auth/password/request', { email });
      return { answer: [status, text], ms: performance.now() - begun };
    };
    const all = [];
    for (const email of emails) all.push(await ask(email));
    for (const { answer, ms } of all) {
      expect(answer).toEqual(all[0]!.answer);
      expect(ms).toBeLessThan(400);
    }
    expect(all[0]!.answer[0]).toBe(403);
    const reset = await host.anonymous.request('POST', '/auth/password/reset', { token: 'a.b.c', password: NEXT });
    expect([reset.status, reasonIn(reset)?.reason]).toEqual([403, 'closed_reset']);
    for (const client of [host.anonymous, active.client]) {
      const graph = await client.graphql('mutation { auth_password_request(email: "nobody@example.com") }', {}, true);
      expect(graph.text).toContain('FORBIDDEN');
    }
  });

  test('ACC-7: the policy holds on every path: new people, the technical administrator, one’s own, a link', async () => {
    const { as, root, segment } = world();
    const person = await settled(world(), 'sales_rep', segment.a);
    const browser = await openBrowser(world(), person.email);
    for (const weak of WEAK) {
      const values = {
        email: `${randomUUID()}@example.com`,
        password: weak,
        status: 'active',
        role: ROLE_IDS.sales_rep,
        crm_segment: segment.a,
      };
      const answers = await Promise.all([
        as.sysadmin.request('POST', '/users', values),
        root.request('PATCH', `/users/${person.id}`, { password: weak }),
        root.request('PATCH', '/users', { keys: [person.id], data: { password: weak } }),
      ]);
      expect([weak, answers.map(({ status }) => status)]).toEqual([weak, [400, 400, 400]]);
    }
    const own = await browser.request('POST', '/crm/session/password', { current: PASSWORD, password: WEAK[0] });
    expect([own.status, reasonIn(own)?.reason]).toEqual([400, 'weak_password']);
    expect((await tryLogIn(world(), person.email, PASSWORD)).status).toBe(200);
    const invite = await as.sysadmin.request('POST', '/users/invite', { email: 'i@example.com', role: ROLE_IDS.sales_rep });
    expect(invite.status).toBe(403);
  });

  test('ACC-5: one’s own password after the old one; the session stays, others end', async () => {
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const [here, there] = [await openBrowser(world(), person.email), await openBrowser(world(), person.email)];
    const program = await enter(world().host.url, person);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const change = (current: string, password: string) => here.request('POST', '/crm/session/password', { current, password });
    expect(reasonIn(await change('Wrong-password-1!', NEXT))?.reason).toBe('wrong_current');
    expect(reasonIn(await change(PASSWORD, PASSWORD))?.reason).toBe('same_password');
    const changed = await change(PASSWORD, NEXT);
    expect(changed.status, changed.text).toBe(200);
    expect([(await here.request('GET', '/users/me')).status, (await there.request('GET', '/users/me')).status]).toEqual([200, 401]);
    expect((await program.request('GET', '/users/me')).status, 'a plain token').toBe(401);
    expect((await person.client.request('GET', '/users/me')).status, 'a static token').toBe(401);
    expect((await (await openBrowser(world(), person.email, NEXT)).request('GET', '/users/me')).status).toBe(200);
    expect((await here.request('PATCH', '/users/me', { password: PASSWORD })).status, 'no way past it').toBe(403);
    const logged = await world().host.database('crm_audit').where({ item: person.id, action: 'update', user: person.id });
    expect(logged.length).toBeGreaterThan(0);
    expect(JSON.stringify(logged)).not.toMatch(/Quite-another|argon2/u);
  });

  test('ACC-5: a guess too many is refused for a while', async () => {
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const statuses = [];
    for (let n = 0; n < 12; n += 1)
      statuses.push((await person.client.request('POST', '/crm/session/password', { current: `Wrong-${n}!`, password: NEXT })).status);
    // Five end what was given out as tokens; a static one has none to end, and is counted anew.
    expect(statuses).toEqual([403, 403, 403, 403, 401, 403, 403, 403, 403, 401, 429, 429]);
  });

  test('ACC-9, ACC-10: whoever was closed comes back with nothing of before', async () => {
    const { root, segment, host } = world();
    const person = await settled(world(), 'sales_rep', segment.a);
    const browser = await openBrowser(world(), person.email);
    const login = await tryLogIn(world(), person.email, PASSWORD);
    const { access_token: plain, refresh_token: refresh } = (login.body as { data: Record<string, string> }).data;
    await new Promise((resolve) => setTimeout(resolve, 1100));
    for (const status of ['archived', 'active']) expect((await root.request('PATCH', `/users/${person.id}`, { status })).status).toBe(200);
    for (const [what, client] of [
      ['browser', browser],
      ['plain', createClient(host.url, plain!)],
      ['static', person.client],
    ] as const)
      expect([what, (await client.request('GET', '/users/me')).status]).toEqual([what, 401]);
    expect((await host.anonymous.request('POST', '/auth/refresh', { refresh_token: refresh, mode: 'json' })).status).toBe(401);
    expect((await (await openBrowser(world(), person.email)).request('GET', '/users/me')).status).toBe(200);
  });

  test('F12: the log-in of somebody frozen, with the right password, is answered as that of nobody, in text and in time', async () => {
    const { as, segment } = world();
    const frozen = await settled(world(), 'sales_rep', segment.a);
    await freeze(as.adminA, frozen.id);
    const all: { frozen: number[]; nobody: number[] } = { frozen: [], nobody: [] };
    const texts = new Set<string>();
    for (let n = 0; n < 12; n += 1)
      for (const [who, email] of [
        ['frozen', frozen.email],
        ['nobody', `${randomUUID()}@example.com`],
      ] as const) {
        const begun = performance.now();
        const { status, text } = await tryLogIn(world(), email, PASSWORD);
        all[who].push(performance.now() - begun);
        texts.add(`${status} ${text}`);
      }
    expect(texts.size, [...texts].join()).toBe(1);
    const [one, other] = [Math.min(...all.frozen), Math.min(...all.nobody)];
    // Without the half second that the host adds to every one of them outside of tests; the quickest of each, for the machine is busy.
    expect(Math.abs(one - other), JSON.stringify(all)).toBeLessThan(100);
    await thaw(as.adminA, frozen.id);
  });

  test.each(ROLE_NAMES)('ACC-7: a second factor asked of %s is asked by the server', async (role) => {
    const { root, segment, host } = world();
    const home = role === 'system_admin' || role === 'group_executive' ? null : segment.b;
    // The group has two system admins at most, and a segment two segment admins.
    const person = await settled(world(), role, home);
    const access = await host.database('directus_access').where({ role: ROLE_IDS[role] }).pluck('policy');
    const ask = (enforce_tfa: boolean) =>
      Promise.all(access.map((policy) => root.request('PATCH', `/policies/${policy}`, { enforce_tfa })));
    await ask(true);
    try {
      const client = await enter(host.url, person);
      const refused = await client.request('GET', '/items/crm_customers');
      expect([
        refused.status,
        (await client.request('GET', '/crm/my-day')).status,
        (await client.request('GET', '/users/me')).status,
      ]).toEqual([403, 403, 200]);
      const tfa = await client.request('POST', '/users/me/tfa/generate', { password: PASSWORD });
      expect(tfa.status, tfa.text).toBe(200);
    } finally {
      await ask(false);
      await host.database('directus_users').where({ id: person.id }).update({ status: 'archived', token: null });
    }
  });
}
