import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MOST_SEARCHES } from '../../../extensions/crm/src/privacy/search-limit.ts';
import { sealRow } from '../../../extensions/crm/src/privacy/seal-row.ts';
import type { PersonName } from '../access/world.ts';
import type { Stage } from '../customers/stage.ts';
import { ringOf, type Canaries } from './open-sealed.ts';

/** Q7, F16: found by the whole number or address, among one's own rows, and by nothing less. */
export function exactSearch(stage: () => Stage, canaries: Canaries): void {
  const search = async (collection: string, text: string, who: PersonName = 'repA1', more = '') => {
    const answer = await stage().world.as[who].request(
      'GET',
      `/items/${collection}?fields=id&meta=filter_count&search=${encodeURIComponent(text)}${more}`,
    );
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.meta.filter_count).toBe(answer.body.data.length);
    return (answer.body.data as { id: string }[]).map(({ id }) => id);
  };

  describe('search', () => {
    test('Q7: by phone and e-mail, on contacts, leads and customers, as people type them', async () => {
      const [phone, email] = [canaries.phone(), `${canaries.word()}@example.com`];
      const customer = await stage().enter({ name: '被找到的有限公司', contacts: [{ name: '丙', phone, email }] });
      const { id: contact } = await stage().world.host.database('crm_contacts').where({ customer }).first('id');
      const lead = (await stage().world.create('repA1', 'crm_leads', { title: '线索', phone, email })).id;
      const person = await stage().enter({ name: '丁', kind: 'person', phone });
      const typed = [phone, `+86 ${phone}`, `${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`];
      for (const text of typed) {
        expect(await search('crm_contacts', text)).toEqual([contact]);
        expect(await search('crm_leads', text)).toEqual([lead]);
        expect((await search('crm_customers', text)).sort()).toEqual([customer, person].sort());
      }
      expect(await search('crm_contacts', email.toUpperCase())).toEqual([contact]);
      expect(await search('crm_customers', email)).toEqual([customer]);
      for (const who of ['headA', 'adminA', 'exec', 'sysadmin'] as const)
        if (who !== 'headA') expect(await search('crm_contacts', phone, who), who).toEqual([contact]);
      for (const who of ['repA2', 'repB', 'adminB'] as const) expect(await search('crm_contacts', phone, who), who).toEqual([]);
      const beside = encodeURIComponent(JSON.stringify({ name: { _eq: '别人' } }));
      expect(await search('crm_contacts', phone, 'repA1', `&filter=${beside}`)).toEqual([]);
      const counted = await stage().world.as.repA1.request('GET', `/items/crm_contacts?aggregate[count]=*&search=${phone}`);
      expect(Number(counted.body.data[0].count)).toBe(1);
      const body = { query: { search: phone, fields: ['id'], filter: { customer: { _eq: customer } } } };
      const sent = await stage().world.as.repA1.request('SEARCH', '/items/crm_contacts', body);
      expect(sent.body.data).toEqual([{ id: contact }]);
      const company = await stage().enter({ name: '有总机的有限公司', phone: '010-61234567' });
      for (const who of ['repA1', 'sysadmin'] as const) expect(await search('crm_customers', '010 6123 4567', who), who).toEqual([company]);
    });

    test('SEC-1: what a company shows tells nobody whose sealed number is the same; both are found', async () => {
      const { database } = stage().world.host;
      const phone = `1361${canaries.phone().slice(4)}`;
      const company = await stage().enter({ name: '同号有限公司', phone, contacts: [{ name: '戊', phone }] });
      const contact = await database('crm_contacts').where({ customer: company }).first('id', 'phone_index');
      expect(contact.phone_index).toMatch(/^test\./);
      const other = await stage().enter({ name: '改号有限公司', phone: '010-69998888' });
      expect((await stage().patch('crm_customers', other, { phone })).status).toBe(200);
      expect(await database('crm_customers').whereIn('id', [company, other]).select('phone', 'phone_index')).toEqual([
        { phone, phone_index: null },
        { phone, phone_index: null },
      ]);
      for (const who of ['repA1', 'adminA', 'exec', 'sysadmin'] as const) {
        expect((await search('crm_customers', phone, who)).sort(), who).toEqual([company, other].sort());
        expect(await search('crm_contacts', phone, who), who).toEqual([contact.id]);
      }
      expect(await search('crm_customers', phone, 'repB')).toEqual([]);
    });

    test('Q7: GraphQL finds the same as REST, counts too', async () => {
      const [phone, email] = [canaries.phone(), `${canaries.word()}@example.com`];
      const customer = await stage().enter({ name: '图查询有限公司', contacts: [{ name: '己', phone, email }] });
      const { id } = await stage().world.host.database('crm_contacts').where({ customer }).first('id');
      const ask = async (who: PersonName, text: string) =>
        (
          await stage().world.as[who].graphql(
            'query ($s: String) { crm_contacts(search: $s) { id } n: crm_contacts_aggregated(search: $s) { count { id } } }',
            { s: text },
          )
        ).body.data;
      for (const text of [phone, `+86 ${phone}`, email]) {
        for (const who of ['repA1', 'adminA', 'exec'] as const)
          expect(await ask(who, text), who).toMatchObject({ crm_contacts: [{ id }], n: [{ count: { id: 1 } }] });
        for (const who of ['repA2', 'repB'] as const) expect((await ask(who, text)).crm_contacts, who).toEqual([]);
      }
      expect((await ask('repA1', phone.slice(0, 8))).crm_contacts).toEqual([]);
      const through = await stage().world.as.repA1.graphql(`{ crm_customers(search: "${phone}") { id } }`);
      expect(through.body.data.crm_customers).toEqual([{ id: customer }]);
    });

    test('F16: a number that thousands of others’ rows bear still finds one’s own, and only these', async () => {
      const { host, segment, id: people, create } = stage().world;
      const phone = canaries.phone();
      const foreign = (await create('repB', 'crm_customers', { name: '别家有限公司' })).id;
      const rows = Array.from({ length: 1500 }, () => {
        const row = { id: randomUUID(), name: '别人', customer: foreign, segment: segment.b, owner: people.repB, status: 'active', phone };
        return sealRow(ringOf(), 'crm_contacts', row, new Date());
      });
      await host.database.batchInsert(
        'crm_subject_keys',
        rows.map(({ key }) => key!),
        100,
      );
      await host.database.batchInsert(
        'crm_contacts',
        rows.map(({ row }) => row),
        50,
      );
      const customer = await stage().enter({ name: '自家有限公司', contacts: [{ name: '庚', phone }] });
      const own = await host.database('crm_contacts').where({ customer }).first('id');
      expect(await search('crm_contacts', phone)).toEqual([own.id]);
      expect(await search('crm_customers', phone)).toEqual([customer]);
      expect(await search('crm_contacts', phone, 'repA2')).toEqual([]);
      expect((await search('crm_contacts', phone, 'repB')).length).toBe(100);
      // Same mask, another number.
      expect(await search('crm_contacts', `${phone.slice(0, 3)}0000${phone.slice(-4)}`, 'repB')).toEqual([]);
      await host.database('crm_contacts').where({ customer: foreign }).delete();
    });

    test('SEC-5: on one day a person looks for so many numbers and no more, by whichever way', async () => {
      const { repC } = stage().world.as;
      const numberOf = (n: number) => `1371${String(n).padStart(7, '0')}`;
      const ask = (n: number) => repC.request('GET', `/items/crm_leads?fields=id&search=${numberOf(n)}`);
      const HUNDRED = Array.from({ length: 100 }, (_, n) => n);
      for (let start = 0; start < MOST_SEARCHES; start += HUNDRED.length) {
        const many = HUNDRED.map((n) => `n${n}: crm_leads(search: "${numberOf(start + n)}") { id }`);
        const answer = await repC.graphql(`{ ${many.join(' ')} }`);
        expect(answer.text).not.toContain('"errors"');
      }
      const stopped = await ask(MOST_SEARCHES);
      expect([stopped.status, stopped.body.errors[0].extensions.reason]).toEqual([429, 'search_stop']);
      const graph = await repC.graphql('{ crm_contacts(search: "13800001111") { id } }');
      expect(graph.body.errors[0].extensions).toMatchObject({ code: 'REQUESTS_EXCEEDED', reason: 'search_stop' });
      expect((await ask(0)).status).toBe(200);
      expect((await repC.request('GET', '/items/crm_leads?search=张三')).status).toBe(200);
    });

    test('F16: a part of a number, a mask and somebody else’s find nothing', async () => {
      const phone = canaries.phone();
      await stage().enter({ name: '找不到的有限公司', contacts: [{ name: '戊', phone }] });
      for (const text of [phone.slice(0, 8), phone.slice(3), phone.slice(1, 10), `0${phone.slice(1)}`])
        expect(await search('crm_contacts', text), text).toEqual([]);
    });

    test('F16: nobody compares ciphers and indexes in any query, the technical administrator included', async () => {
      const { root, as } = stage().world;
      const QUERIES: object[] = [
        { filter: { phone_index: { _nnull: true } } },
        { filter: { phone_sealed: { _eq: 'x' } } },
        { filter: { _or: [{ email_index: { _starts_with: 'test.' } }] } },
        { filter: { customer: { phone_index: { _nnull: true } } } },
        { filter: { customer: { contacts: { _some: { phone_index: { _nnull: true } } } } } },
        { filter: { '$FOLLOW(crm_leads,customer)': { _some: { phone_index: { _nnull: true } } } } },
        { sort: ['phone_index'] },
        { sort: ['-wechat_sealed'] },
        { sort: ['customer.phone_index'] },
        { groupBy: ['phone_index'], aggregate: { count: ['*'] } },
        { aggregate: { min: ['phone_sealed'] } },
        { aggregate: { countDistinct: ['phone_index'] } },
        { alias: { x: 'phone_sealed' }, fields: ['x'] },
        { fields: ['id', 'customer.contacts.id'], deep: { customer: { contacts: { _sort: ['phone_index'] } } } },
        { fields: ['id', 'customer.contacts.id'], deep: { customer: { contacts: { _filter: { email_index: { _nnull: true } } } } } },
      ];
      const data = { hobbies: 'by query' };
      const known = await stage().count('crm_contacts');
      for (const client of [root, as.sysadmin, as.repA1]) {
        for (const query of QUERIES) {
          const address = new URLSearchParams(
            Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : JSON.stringify(value)]),
          );
          const tries = [
            await client.request('GET', `/items/crm_contacts?${address}`),
            await client.request('SEARCH', '/items/crm_contacts', { query }),
            await client.request('PATCH', '/items/crm_contacts', { query: { ...query, limit: 1 }, data }),
            await client.request('DELETE', '/items/crm_contacts', { query: { ...query, limit: 1 } }),
            await client.request('POST', '/utils/export/crm_contacts', { format: 'json', query, file: {} }),
          ];
          for (const { status } of tries) expect([400, 403], JSON.stringify(query)).toContain(status);
        }
        const text = await client.request('PATCH', '/items/crm_contacts', { query: { filter: '{"phone_index":{"_nnull":true}}' }, data });
        expect([400, 403]).toContain(text.status);
        for (const path of ['crm_customers?filter[contacts][_some][phone_index][_nnull]=true', 'crm_contacts?fields=year(phone_index)']) {
          const through = await client.request('GET', `/items/${path}`);
          expect([400, 403], path).toContain(through.status);
        }
      }
      expect(await stage().count('crm_contacts')).toBe(known);
      expect(await stage().world.host.database('crm_contacts').where(data).first('id')).toBeUndefined();
    });

    test('F16: nor by GraphQL, however the name is written, nor by the order that a collection or relation stands in', async () => {
      const { root, as } = stage().world;
      const texts: [string, Record<string, unknown>?][] = [
        ['{ crm_contacts(filter: { phone_index: { _nnull: true } }) { id } }'],
        ['{ crm_contacts(sort: ["phone_index"]) { id } }'],
        ['{ crm_contacts(sort: ["phone\\u005findex"]) { id } }'],
        ['{ crm_contacts(sort: ["\\u{70}hone_index"]) { id } }'],
        ['{ mine: crm_contacts(sort: """phone_index""") { id } }'],
        ['query ($by: [String]) { crm_contacts(sort: $by) { id } }', { by: ['-phone_index'] }],
        ['query ($f: crm_contacts_filter) { crm_contacts(filter: $f) { id } }', { f: { _or: [{ phone_index: { _nnull: true } }] } }],
        ['query ($by: [String]) { crm_contacts_aggregated(groupBy: $by) { group count { id } } }', { by: ['phone_index'] }],
        ['{ crm_contacts_aggregated(groupBy: ["phone\\u005findex"]) { group } }'],
        ['{ crm_contacts_aggregated { countDistinct { phone_index } } }'],
        ['fragment F on crm_customers { contacts(sort: ["phone\\u005findex"]) { id } } { crm_customers { ...F } }'],
        ['{ crm_customers { one: contacts(filter: { email_index: { _nnull: true } }) { id } } }'],
      ];
      for (const client of [root, as.sysadmin, as.repA1])
        for (const [text, variables] of texts) {
          const answer = await client.graphql(text, variables);
          expect(answer.text, text).toContain('"errors"');
          // Refused for what it asks, and not for how it is written.
          if (client === root) expect(answer.body.errors[0].extensions.code, text).toBe('FORBIDDEN');
        }
      const named = await root.graphql(
        '{ x: crm_contacts(limit: 2) { ...F } } fragment F on crm_contacts { y: phone_index z: phone_sealed }',
      );
      expect(named.text).not.toMatch(/crm1\.|test\./);
      for (const [method, path, body] of [
        ['PATCH', '/collections/crm_contacts', { meta: { sort_field: 'phone_index' } }],
        ['POST', '/relations', { collection: 'crm_contacts', field: 'phone_index', related_collection: 'crm_tags' }],
        [
          'POST',
          '/relations',
          { collection: 'crm_contacts', field: 'mine', related_collection: null, meta: { sort_field: 'phone_sealed' } },
        ],
        ['PATCH', '/relations/crm_contacts/mine', { meta: { sort_field: 'phone_index' } }],
      ] as const)
        expect((await root.request(method, path, body)).status, path).toBe(403);
      for (const text of [
        'mutation { update_collections_item(collection: "crm_contacts", data: { meta: { sort_field: "phone\\u005findex" } }) { collection } }',
        'mutation { create_relations_item(data: { collection: "crm_contacts", field: "phone_index", meta: { sort_field: "name" } }) { field } }',
      ])
        expect((await root.graphql(text, {}, true)).text, text).toContain('FORBIDDEN');
    });

    test('SEC-1: the technical administrator reads placeholders only, of keys too, and changes no key', async () => {
      const { root } = stage().world;
      const contacts = await root.request('GET', '/items/crm_contacts?fields=*&limit=5');
      expect(contacts.body.data.length).toBeGreaterThan(0);
      for (const row of contacts.body.data) {
        expect(['**********', null]).toContain(row.phone_sealed);
        expect(['**********', null]).toContain(row.phone_index);
        expect(JSON.stringify(row)).not.toContain('crm1.');
      }
      const nested = await root.request('GET', '/items/crm_customers?fields=contacts.*&limit=20');
      expect(nested.text).not.toContain('crm1.');
      const graph = await root.graphql('{ crm_contacts(limit: 3) { id phone_sealed phone_index } }');
      expect(graph.text).not.toMatch(/crm1\.|test\./);
      const keys = await root.request('GET', '/items/crm_subject_keys?fields=*&limit=3');
      for (const row of keys.body.data) expect(row.key).toBe('**********');
      const path = `/items/crm_subject_keys/${keys.body.data[0].id}`;
      const tries = [
        await root.request('PATCH', path, { key: 'x' }),
        await root.request('DELETE', path),
        await root.request('POST', '/items/crm_subject_keys', { collection: 'x', item: 'x', key_id: 'x', key: 'x' }),
        await root.request('DELETE', '/items/crm_subject_keys', { query: { limit: 1 } }),
        await root.request('PATCH', '/fields/crm_contacts/phone_sealed', { meta: { special: null } }),
        await root.request('DELETE', '/fields/crm_contacts/phone_sealed'),
      ];
      expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 403));
      for (const who of ['sysadmin', 'exec', 'repA1'] as const)
        expect((await stage().world.as[who].request('GET', '/items/crm_contacts?fields=id,phone_sealed')).status).toBe(403);
      expect((await stage().world.as.sysadmin.request('GET', '/items/crm_subject_keys')).status).toBe(403);
    });
  });
}
