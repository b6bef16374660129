import { expect, it } from 'vitest';
import type { Client } from '../../harness/client.ts';
import { HOST_COLLECTIONS } from '../../../extensions/crm/src/audit/row-log.ts';
import { COLLECTIONS } from '../../../extensions/crm/src/kernel/collections.ts';
import type { World } from '../access/world.ts';

/** Refused by us, not by chance. */
const OUR_REFUSAL = /审计日志由服务器写入|系统自带的|此功能未开放/;
const LOGS = ['crm_audit', 'crm_audit_blocks'];
type Attempt = [name: string, send: (client: Client, item: string, collection: string) => Promise<{ status: number; body: unknown }>];

const ATTEMPTS: Attempt[] = [
  ['create', (c, _i, l) => c.request('POST', `/items/${l}`, { action: 'forged', collection: 'crm_customers', number: 9 })],
  ['update', (c, i, l) => c.request('PATCH', `/items/${l}/${i}`, { mac: 'x' })],
  ['update of many', (c, i, l) => c.request('PATCH', `/items/${l}`, { keys: [i], data: { mac: 'x' } })],
  ['batch', (c, i, l) => c.request('PATCH', `/items/${l}`, [{ id: i, mac: 'x' }])],
  ['update by query', (c, i, l) => c.request('PATCH', `/items/${l}`, { query: { filter: { id: { _eq: i } } }, data: { mac: 'x' } })],
  ['delete', (c, i, l) => c.request('DELETE', `/items/${l}/${i}`)],
  ['delete of many', (c, i, l) => c.request('DELETE', `/items/${l}`, [i])],
  ['delete by query', (c, _i, l) => c.request('DELETE', `/items/${l}`, { query: { limit: -1 } })],
  ['GraphQL update', (c, i, l) => c.graphql(`mutation { update_${l}_item(id: "${i}", data: { mac: "x" }) { id } }`)],
  ['GraphQL delete', (c, i, l) => c.graphql(`mutation { delete_${l}_item(id: "${i}") { id } }`)],
  [
    'import',
    (c, _i, l) => {
      const form = new FormData();
      form.append('file', new Blob([JSON.stringify([{ action: 'forged' }])], { type: 'application/json' }), 'x.json');
      return c.request('POST', `/utils/import/${l}`, form);
    },
  ],
  ['sort', (c, i, l) => c.request('POST', `/utils/sort/${l}`, { item: i, to: i })],
  ['GraphQL sort', (c, i, l) => c.graphql(`mutation { utils_sort(collection: "${l}", item: "${i}", to: "${i}") }`, {}, true)],
  ['drop', (c, _i, l) => c.request('DELETE', `/collections/${l}`)],
  ['GraphQL drop', (c, _i, l) => c.graphql(`mutation { delete_collections_item(collection: "${l}") { collection } }`, {}, true)],
  ['drop a field', (c, _i, l) => c.request('DELETE', `/fields/${l}/mac`)],
  ['alter a field', (c, _i, l) => c.request('PATCH', `/fields/${l}/mac`, { type: 'text', schema: { max_length: 5 } })],
  ['add a field', (c, _i, l) => c.request('POST', `/fields/${l}`, { field: 'lever', type: 'integer', schema: { default_value: 1 } })],
  [
    'add a foreign key',
    (c, _i, l) =>
      c.request('POST', '/relations', {
        collection: l,
        field: 'key',
        related_collection: 'directus_users',
        schema: { on_delete: 'CASCADE' },
      }),
  ],
  [
    'add a link to several collections',
    (c, _i, l) =>
      c.request('POST', '/relations', {
        collection: 'directus_folders',
        field: 'name',
        related_collection: null,
        meta: { one_collection_field: 'parent', one_allowed_collections: ['crm_stages', l] },
      }),
  ],
  [
    'schema/apply',
    (c, _i, l) =>
      c.request('POST', '/schema/apply', {
        hash: 'x',
        diff: { collections: [{ collection: l, diff: [{ kind: 'D' }] }], fields: [], relations: [] },
      }),
  ],
  [
    'schema/apply with a new field',
    (c, _i, l) =>
      c.request('POST', '/schema/apply', {
        hash: 'x',
        diff: { collections: [], fields: [{ collection: l, field: 'lever', diff: [{ kind: 'N' }] }], relations: [] },
      }),
  ],
  [
    'a flow',
    (c, _i, l) =>
      c.request('POST', '/flows', {
        name: 'x',
        trigger: 'manual',
        operations: {
          create: [
            { key: 'x', type: 'item-delete', position_x: 1, position_y: 1, options: { collection: l, permissions: '$full', query: {} } },
          ],
          update: [],
          delete: [],
        },
      }),
  ],
];

/** Nobody changes the log through an API, the technical administrator included. */
export function closedLog(the: () => World): void {
  it.each(LOGS.flatMap((log) => ATTEMPTS.map(([name, send]) => [name, log, send] as const)))(
    'SEC-3, F18: %s on %s is refused for everybody',
    async (_name, log, send) => {
      const { host, root, as } = the();
      await expect.poll(async () => (await host.database(log).first('id')) as unknown, { timeout: 8000 }).toBeTruthy();
      const { id } = await host.database(log).orderBy('id').first('id');
      const stored = async () => JSON.stringify({ ...(await host.database(log).where({ id }).first()), block: null });
      const before = await stored();
      for (const client of [root, as.sysadmin, as.adminA]) {
        const answer = await send(client, id, log);
        const errors = (answer.body as { errors?: { extensions: { code: string } }[] } | undefined)?.errors ?? [];
        expect(errors.length, JSON.stringify(answer.body)).toBeGreaterThan(0);
        expect(answer.status).toBeLessThan(500);
        if (client === root) expect(JSON.stringify(answer.body)).toMatch(OUR_REFUSAL);
      }
      expect(await stored()).toBe(before);
      expect(await host.database('directus_flows').where({ name: 'x' })).toEqual([]);
    },
  );

  it('SEC-3: an operation of a flow cannot be turned against the log', async () => {
    const { root, host } = the();
    const flow = (await root.request('POST', '/flows', { name: 'harmless', trigger: 'manual' })).body.data.id;
    const made = await root.request('POST', '/operations', {
      flow,
      key: 'op',
      name: 'op',
      type: 'item-delete',
      position_x: 1,
      position_y: 1,
      options: { collection: 'directus_folders' },
    });
    expect(made.status, made.text).toBe(200);
    for (const collection of ['crm_audit', '{{ $trigger.body.collection }}'])
      expect((await root.request('PATCH', `/operations/${made.body.data.id}`, { options: { collection } })).status).toBe(403);
    await root.request('DELETE', `/flows/${flow}`);
    expect(await host.database('directus_operations').where({ key: 'op' })).toEqual([]);
  });

  it('SEC-3: the CRM is not switched off or uninstalled through the API, by REST or GraphQL', async () => {
    const { root, as, host } = the();
    const ours: { id: string }[] = await host.database('directus_extensions').select('id');
    expect(ours.length).toBeGreaterThan(0);
    const stored = () => host.database('directus_extensions').orderBy('id').select('id', 'enabled', 'folder');
    const before = await stored();
    for (const { id } of ours) {
      for (const client of [root, as.sysadmin]) {
        expect((await client.request('PATCH', `/extensions/${id}`, { meta: { enabled: false } })).status).toBe(403);
        expect((await client.request('DELETE', `/extensions/registry/uninstall/${id}`)).status).toBeGreaterThanOrEqual(400);
        expect((await client.request('DELETE', `/extensions/${id}`)).status).toBeGreaterThanOrEqual(400);
        const graph = await client.graphql(
          `mutation { update_extensions_item(id: "${id}", data: { meta: { enabled: false } }) { id } }`,
          {},
          true,
        );
        expect(graph.body.errors.length).toBeGreaterThan(0);
      }
    }
    expect(await stored()).toEqual(before);
  });

  it('SEC-3: no collection of the host that is logged stops being logged', async () => {
    const { root, host } = the();
    const collection = 'directus_users';
    for (const accountability of [null, 'activity']) {
      const meta = { accountability };
      const said = JSON.stringify(accountability);
      const path = ['meta', 'accountability'];
      const answers = [
        await root.request('PATCH', '/collections', [{ collection, meta }]),
        await root.request('POST', '/collections', { collection, meta }),
        await root.graphql(
          `mutation { update_collections_item(collection: "${collection}", data: { meta: { accountability: ${said} } }) { collection } }`,
          {},
          true,
        ),
        await root.request('POST', '/schema/apply', {
          hash: 'x',
          diff: { collections: [{ collection, diff: [{ kind: 'E', path, lhs: 'all', rhs: accountability }] }], fields: [], relations: [] },
        }),
      ];
      for (const name of HOST_COLLECTIONS) answers.push(await root.request('PATCH', `/collections/${name}`, { meta }));
      for (const { body, text } of answers) expect((body as { errors?: unknown[] } | undefined)?.errors, text).toBeTruthy();
    }
    const stored = await host.database('directus_collections').whereIn('collection', HOST_COLLECTIONS).pluck('accountability');
    expect(stored.filter((accountability) => accountability !== 'all')).toEqual([]);
  });

  it('SEC-3: no collection of ours stops being logged', async () => {
    const { root, host } = the();
    for (const collection of ['crm_customers', 'crm_audit', 'crm_stages']) {
      for (const accountability of [null, 'activity']) {
        expect((await root.request('PATCH', `/collections/${collection}`, { meta: { accountability } })).status).toBe(403);
        expect((await root.request('PATCH', '/collections', [{ collection, meta: { accountability } }])).status).toBe(403);
      }
    }
    const stored = await host
      .database('directus_collections')
      .whereIn('collection', Object.keys(COLLECTIONS))
      .select('collection', 'accountability');
    expect(stored).toHaveLength(Object.keys(COLLECTIONS).length);
    expect(stored.filter(({ accountability }) => accountability !== 'all')).toEqual([]);
  });
}
