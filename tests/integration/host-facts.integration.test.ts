/**
 * Facts about the host that the guard and the write pipeline stand on, shown by a hook of four lines in a bare host. A
 * new version of the host that changes one of them fails here first.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../harness/client.ts';
import { startHost, type TestHost } from '../harness/host.ts';

const HOOK = `
const seen = [];
export default ({ filter, init }) => {
  filter('*.query', (query, meta) => { seen.push(['query', meta.event, meta.collection, Object.isFrozen(query)]); return query; });
  filter('activity.create', async (activity, _meta, { database }) => {
    if (activity.collection !== 'toys') return activity;
    const row = await database('toys').where({ id: activity.item }).first('name');
    seen.push(['activity', activity.action, row?.name ?? null, Boolean(database.isTransaction), Boolean(activity.user)]);
    if (row?.name === 'explode') throw Object.assign(new Error('no'), { name: 'DirectusError', code: 'FORBIDDEN', status: 403 });
    return activity;
  });
  filter('items.create', (payload, meta, { database }) => { if (meta.collection === 'toys') seen.push(['create', Boolean(database.isTransaction)]); return payload; });
  filter('items.update', (payload, meta, { database }) => { if (meta.collection === 'toys') seen.push(['update', Boolean(database.isTransaction)]); return payload; });
  filter('authenticate', (accountability) => { seen.push(['authenticate']); return accountability; });
  init('routes.before', ({ app }) => app.get('/seen', (_request, response) => response.json(seen.splice(0))));
};
`;

describe.each(['sqlite', 'pg'] as const)('facts of the host (%s)', (db) => {
  const folder = mkdtempSync(join(tmpdir(), 'crm-facts-'));
  let host: TestHost;
  let admin: Client;
  const seen = async () => (await host.anonymous.request<unknown[][]>('GET', '/seen')).body;
  const seenOf = async (kind: string) => (await seen()).filter(([name]) => name === kind);

  beforeAll(async () => {
    mkdirSync(join(folder, 'toy', 'dist'), { recursive: true });
    writeFileSync(
      join(folder, 'toy', 'package.json'),
      JSON.stringify({
        name: 'directus-extension-toy',
        version: '1.0.0',
        type: 'module',
        'directus:extension': { type: 'hook', path: 'dist/index.js', source: 'dist/index.js', host: '^11.0.0' },
      }),
    );
    writeFileSync(join(folder, 'toy', 'dist', 'index.js'), HOOK);
    host = await startHost({ db, extension: false, env: { EXTENSIONS_PATH: folder } });
    admin = await host.admin();
    await admin.request('POST', '/collections', {
      collection: 'toys',
      schema: {},
      meta: {},
      fields: [
        { field: 'id', type: 'uuid', schema: { is_primary_key: true }, meta: { special: ['uuid'] } },
        { field: 'name', type: 'string', schema: {}, meta: {} },
      ],
    });
  });
  afterAll(async () => {
    await host?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('§13: activity.create runs inside the transaction, after the write, once per key, with the actor; a throw undoes the write', async () => {
    await seen();
    const made = await admin.request('POST', '/items/toys', [{ name: 'one' }, { name: 'two' }]);
    expect(await seenOf('activity')).toEqual([
      ['activity', 'create', 'one', true, true],
      ['activity', 'create', 'two', true, true],
    ]);
    expect((await admin.request('POST', '/items/toys', { name: 'explode' })).status).toBe(403);
    expect(await host.database('toys').where({ name: 'explode' })).toEqual([]);
    await seen();
    const key = made.body.data[0].id;
    await admin.request('PATCH', `/items/toys/${key}`, { name: 'changed' });
    expect(await seenOf('activity')).toEqual([['activity', 'update', 'changed', true, true]]);
    expect((await admin.request('PATCH', `/items/toys/${key}`, { name: 'explode' })).status).toBe(403);
    expect((await host.database('toys').where({ id: key }).first('name')).name).toBe('changed');
    await seen();
    await admin.request('DELETE', `/items/toys/${key}`);
    expect(await seenOf('activity')).toEqual([['activity', 'delete', null, true, true]]);
  });

  it('§4: a create filter runs inside the transaction, an update filter outside of it', async () => {
    await seen();
    const { body } = await admin.request('POST', '/items/toys', { name: 'three' });
    expect(await seenOf('create')).toEqual([['create', true]]);
    await admin.request('PATCH', `/items/toys/${body.data.id}`, { name: 'four' });
    expect(await seenOf('update')).toEqual([['update', false]]);
  });

  it('§13: one listener on *.query sees every read of every scope, the query frozen where it came by the address', async () => {
    await seen();
    await admin.request('GET', '/items/toys?limit=1');
    await admin.request('GET', '/users?limit=1');
    await admin.request('GET', '/files?limit=1');
    await admin.graphql('{ toys { id } }');
    const events = (await seenOf('query')).filter(([, , collection]) =>
      ['toys', 'directus_users', 'directus_files'].includes(String(collection)),
    );
    expect(events.map(([, event, collection]) => [event, collection])).toEqual([
      ['items.query', 'toys'],
      ['users.query', 'directus_users'],
      ['files.query', 'directus_files'],
      ['items.query', 'toys'],
    ]);
    expect(events[0]![3]).toBe(true);
  });

  it('§4: authenticate runs once for every request', async () => {
    await seen();
    await admin.request('GET', '/items/toys?limit=1');
    expect((await seenOf('authenticate')).length).toBe(2);
  });
});
