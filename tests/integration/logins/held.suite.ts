import { expect, test } from 'vitest';
import type { Answer, Client } from '../../harness/client.ts';
import type { World } from '../access/world.ts';
import { credentialsOf, enter, hire } from '../freeze/credentials.ts';
import { fromElsewhere, openBrowser, PASSWORD, reasonIn, settled } from './people.ts';

const SHUT: [string, string, object?][] = [
  ['GET', '/items/crm_customers'],
  ['POST', '/items/crm_customers', { name: '无权' }],
  ['SEARCH', '/items/crm_customers', { query: {} }],
  ['POST', '/graphql', { query: '{ crm_customers { id } }' }],
  ['POST', '/graphql/system', { query: '{ users_me { id } }' }],
  ['GET', '/users'],
  ['GET', '/users/me?fields=*.*'],
  ['PATCH', '/users/me', { language: 'en-US' }],
  ['GET', '/collections'],
  ['GET', '/files'],
  ['GET', '/assets/00000000-0000-4000-8000-000000000000'],
  ['GET', '/crm/my-day'],
  ['GET', '/crm/me'],
  ['POST', '/crm/exports', {}],
  ['GET', '/activity'],
  ['POST', '/utils/export/crm_customers', {}],
];

/** ACC-5, ACC-11: no rights before the exam, or before a password of one's own. */
export function heldSuite(world: () => World): void {
  const expectShut = async (client: Pick<Client, 'request'>, reason: string) => {
    for (const [method, path, body] of SHUT) {
      const answer: Answer = await client.request(method, path, body);
      expect([method, path, answer.status, reasonIn(answer)?.reason]).toEqual([method, path, 403, reason]);
    }
    for (const path of ['/users/me', '/server/info', '/crm/session', '/crm/health'])
      expect([path, (await client.request('GET', path)).status]).toEqual([path, 200]);
  };

  test('ACC-11: whoever waits for the exam has no rights on any path, by any credential, until released', async () => {
    const { as, segment, host } = world();
    const person = await settled(world(), 'sales_rep', segment.a);
    const credentials = await credentialsOf(world(), person);
    const hold = (crm_pending_exam: boolean) => as.sysadmin.request('PATCH', `/users/${person.id}`, { crm_pending_exam });
    expect((await hold(true)).status).toBe(200);
    // A log-in and its renewal are no rights; whatever else opened is answered, and by what.
    const said: Record<string, string | undefined> = {};
    for (const { name, ask } of credentials) {
      const answer = await ask?.(host.url);
      if (answer) said[name] = answer.status === 200 ? `200 ${answer.text}` : reasonIn(answer)?.reason;
    }
    expect(said).toEqual(HELD_ANSWERS);
    await expectShut(person.client, 'crm_exam_pending');
    const fresh = await enter(host.url, person);
    await expectShut(fresh, 'crm_exam_pending');
    await expectShut(await openBrowser(world(), person.email), 'crm_exam_pending');
    expect((await fresh.request('POST', '/crm/session/password', { current: PASSWORD, password: 'Another-2026!' })).status).toBe(403);
    expect((await hold(false)).status).toBe(200);
    expect((await fresh.request('GET', '/items/crm_customers')).status).toBe(200);
    for (const who of ['adminA', 'headA', 'exec'] as const)
      expect((await as[who].request('PATCH', `/users/${person.id}`, { crm_pending_exam: true })).status).toBe(403);
  });

  test('ACC-11, APR-1: what waits for somebody who is held goes on to the next; nothing is carried out in their name', async () => {
    const { as, segment, host } = world();
    const [asker, heir] = [await settled(world(), 'sales_rep', segment.b), await settled(world(), 'sales_rep', segment.b)];
    const maker = await settled(world(), 'segment_admin', segment.b);
    const { id: customer } = await world().create(asker.client, 'crm_customers', { name: '待划转' });
    const asked = await asker.client.request('POST', '/items/crm_transfers', {
      ...{ customer, to_segment: segment.b, to_owner: heir.id, reason: '区域调整' },
    });
    expect(asked.status, asked.text).toBe(200);
    const approval = await host.database('crm_approvals').where({ item: asked.body.data.id }).first('id');
    const waitsFor = async (client: Client) =>
      (await client.request('GET', '/crm/approvals/inbox?limit=100')).body.approvals.some(({ id }: { id: string }) => id === approval.id);
    const heads: string[] = await host.database('crm_user_segments').where({ crm_segment: segment.b }).pluck('crm_user');
    const hold = async (crm_pending_exam: boolean) => {
      for (const user of heads) expect((await as.sysadmin.request('PATCH', `/users/${user}`, { crm_pending_exam })).status).toBe(200);
    };
    expect([await waitsFor(as.headB), await waitsFor(as.sysadmin)]).toEqual([true, false]);
    const { url } = (await maker.client.request('POST', `/crm/users/${heir.id}/reset-link`)).body;
    const redeem = () =>
      host.anonymous.request('POST', '/crm/session/reset', { token: url.split('#')[1], password: 'Quite-another-2026!' }, fromElsewhere());
    await hold(true);
    expect(await waitsFor(as.sysadmin)).toBe(true);
    expect((await redeem()).status, 'a link of somebody who is held').toBe(403);
    await hold(false);
    expect([await waitsFor(as.headB), await waitsFor(as.sysadmin)]).toEqual([true, false]);
    expect((await redeem()).status).toBe(200);
  });

  test('ACC-5: somebody new sets a password of their own before anything else', async () => {
    const { segment } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    expect(Boolean((await world().row('directus_users', person.id))['crm_must_change_password'])).toBe(true);
    const browser = await openBrowser(world(), person.email);
    await expectShut(browser, 'crm_password_due');
    expect((await browser.request('GET', '/crm/session')).body.hold).toBe('password');
    const changed = await browser.request('POST', '/crm/session/password', { current: PASSWORD, password: 'My-very-own-2026!' });
    expect(changed.status, changed.text).toBe(200);
    expect((await browser.request('GET', '/items/crm_customers')).status).toBe(200);
    expect((await browser.request('GET', '/crm/session')).body.hold).toBeNull();
  });

  test('ACC-5: a password that the technical administrator sets is one to change; nobody else releases oneself', async () => {
    const { root, as, segment } = world();
    const person = await settled(world(), 'sales_rep', segment.a);
    expect((await root.request('PATCH', `/users/${person.id}`, { password: 'Given-to-you-2026!' })).status).toBe(200);
    expect((await person.client.request('GET', '/items/crm_customers')).status).toBe(403);
    expect((await as.sysadmin.request('PATCH', `/users/${person.id}`, { crm_must_change_password: false })).status).toBe(403);
    expect((await root.request('PATCH', `/users/${person.id}`, { first_name: '改名' })).status).toBe(200);
    expect(Boolean((await world().row('directus_users', person.id))['crm_must_change_password'])).toBe(true);
  });
}

/** What each credential of somebody held is answered: the own page and nothing more, and a share of theirs is nobody's. */
const HELD_ANSWERS = {
  ...Object.fromEntries(
    [
      ...['plain JWT', 'plain JWT, a write', 'static token, our route', 'our route', 'GraphQL', 'GraphQL of the host'],
      ...['asset', 'asset by a token in the address'],
    ].map((name) => [name, 'crm_exam_pending']),
  ),
  'session cookie': expect.stringMatching(/^200 \{"data":\{"id"/u),
  'static token': expect.stringMatching(/^200 \{"data":\{"id"/u),
  share: 'crm_signed_out',
};
