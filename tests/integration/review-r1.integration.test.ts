import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ringOf, Canaries } from './sealing/open-sealed.ts';
import { sealExisting } from '../../extensions/crm/src/privacy/seal-existing.ts';
import { buildWorld, type World } from './access/world.ts';

/** What a hostile review of sealing and reveals found; each fails until it is closed. */
describe.each(['sqlite', 'pg'] as const)('findings of the review on %s', (db) => {
  let world: World;
  let customer: string;
  const canaries = new Canaries();
  const database = () => world.host.database;
  const rep = () => world.as.repA1;
  const contact = async (row: object = {}) => (await world.create('repA1', 'crm_contacts', { name: '甲', customer, ...row })).id;
  beforeAll(async () => {
    world = await buildWorld(db);
    customer = (await world.create('repA1', 'crm_customers', { name: '复查有限公司' })).id;
  });
  afterAll(() => world?.host.stop());

  test('SEC-1: what was searched for in a list is not kept in clear with the view', async () => {
    const [phone, email] = [canaries.phone(), `${canaries.word()}@example.com`];
    const view = await rep().request('POST', '/presets', { collection: 'crm_contacts', layout: 'tabular', search: phone });
    await rep().request('PATCH', `/presets/${view.body.data.id}`, { search: email, filter: { phone: { _eq: phone } } });
    expect(canaries.in(JSON.stringify(await database()('directus_presets').where({ user: world.id.repA1 })))).toEqual([]);
  });

  test('SEC-3: another number behind the same mask is an entry of the log', async () => {
    const id = await contact({ phone: '13800001234' });
    const entries = async () => Number((await database()('crm_audit').where({ item: id }).count({ n: '*' }))[0]!['n']);
    const before = await entries();
    expect((await rep().request('PATCH', `/items/crm_contacts/${id}`, { phone: '13899991234' })).status).toBe(200);
    expect(await entries()).toBe(before + 1);
  });

  test('SEC-1: a number in the reason of a change stays out of the log', async () => {
    const [phone, id] = [canaries.phone(), await contact()];
    const headers = { 'x-crm-reason': encodeURIComponent(`客户 ${phone} 要求`) };
    await rep().request('PATCH', `/items/crm_contacts/${id}`, { hobbies: '围棋' }, { headers });
    expect(canaries.in(JSON.stringify(await database()('crm_audit').where({ item: id })))).toEqual([]);
  });

  test('Q11: the marks count records, not the fields of one record', async () => {
    await database()('crm_segments').where({ id: world.segment.a }).update({ reveal_notice_at: 3, reveal_stop_at: 4 });
    const id = await contact({ phone: canaries.phone(), email: `${canaries.word()}@example.com`, wechat: canaries.word() });
    for (const field of ['phone', 'email', 'wechat'])
      await rep().request('POST', `/crm/contacts/${id}/reveal`, { field, reason: 'follow_up' });
    expect(await database()('directus_notifications').pluck('subject')).toEqual([]);
    await database()('crm_segments').where({ id: world.segment.a }).update({ reveal_notice_at: 150, reveal_stop_at: 500 });
  });

  test('SEC-1: the answer of a reveal carries no hash of the value', async () => {
    const phone = canaries.phone();
    const id = await contact({ phone });
    const shown = await rep().request('POST', `/crm/contacts/${id}/reveal`, { field: 'phone', reason: 'follow_up' });
    expect(shown.body).toEqual({ value: phone });
    const hash = createHash('sha1').update(shown.text).digest('base64').slice(0, 27);
    expect(shown.headers.get('etag') ?? '').not.toContain(hash);
    expect(shown.headers.get('cache-control')).toBe('no-store');
    expect(shown.headers.get('content-type')).toContain('application/json');
  });

  test('SEC-1: a sealing that was cut off before the old pages were let go lets them go when it is run again', async () => {
    const phone = canaries.phone();
    const id = await contact();
    await database()('crm_contacts').where({ id }).update({ phone });
    const said: string[] = [];
    const watched = (isCut: boolean) =>
      new Proxy(database(), {
        get: (target, name) =>
          name === 'raw'
            ? (sql: string, ...values: unknown[]) => {
                said.push(sql);
                if (isCut && sql.startsWith('VACUUM')) throw new Error('killed');
                return (target.raw as (...all: unknown[]) => unknown).call(target, sql, ...values);
              }
            : (target as unknown as Record<string | symbol, unknown>)[name],
        apply: (target, _self, all: [string]) => target(...all),
      });
    await expect(sealExisting(watched(true), ringOf(), new Date())).rejects.toThrow('killed');
    said.length = 0;
    await sealExisting(watched(false), ringOf(), new Date());
    expect(said.some((sql) => sql.startsWith('VACUUM'))).toBe(true);
  });

  test('SEC-1: the scan of an installation from before looks wherever the host keeps copies', async () => {
    const [phone, id] = [canaries.phone(), await contact()];
    await database()('directus_versions').insert({
      ...{ id: crypto.randomUUID(), key: 'old', name: 'old', collection: 'crm_contacts', item: id, hash: 'x' },
      delta: JSON.stringify({ phone }),
    });
    await database()('directus_presets').insert({ collection: 'crm_contacts', search: phone, user: world.id.repA2 });
    const { left } = await sealExisting(database(), ringOf(), new Date());
    const stands = canaries.in(
      JSON.stringify([await database()('directus_versions'), await database()('directus_presets').where({ user: world.id.repA2 })]),
    );
    expect([left > 0, stands]).not.toEqual([false, [phone]]);
  });

  test('SEC-3: who looked stays named when the log-in is deleted', async () => {
    const id = await contact({ phone: canaries.phone() });
    const made = await world.user({
      role: (await database()('directus_users').where({ id: world.id.adminA }).first('role')).role,
      crm_segment: world.segment.a,
      crm_company: world.company,
      token: 'a-token-of-the-review-0123456789',
    });
    const gone = made.body.data.id;
    await database()('crm_reveals').insert({
      id: crypto.randomUUID(),
      at: new Date(),
      user: gone,
      collection: 'crm_contacts',
      item: id,
      field: 'phone',
      purpose: 'other',
      day: '2026-01-01',
      count: 1,
      segment: world.segment.a,
    });
    const answer = await world.root.request('DELETE', `/users/${gone}`);
    expect([answer.status, await database()('crm_reveals').where({ item: id }).pluck('user')]).not.toEqual([204, [null]]);
  });
});
