import { expect, it } from 'vitest';
import type { World } from '../access/world.ts';
import { countEntries, entriesOf, lastEntry, type Entry } from './log.ts';

const FIELD = 'crm_customers.short_name';
const FIELDS = 'directus_fields';
const META = 'directus_collections';

/** How fields and collections are described: what stood before, and what stands after. */
export function changedDescriptions(the: () => World): void {
  const of = (collection: string, item: string): Promise<Entry[]> => entriesOf(the(), { collection, item });
  const change = (meta: object) => the().root.request('PATCH', '/fields/crm_customers/short_name', { meta });
  const own = (collection: string, more: object = {}) =>
    the().root.request('POST', '/collections', {
      ...{ collection, meta: {}, schema: {} },
      fields: [
        { field: 'id', type: 'integer', meta: { hidden: true }, schema: { is_primary_key: true, has_auto_increment: true } },
        { field: 'box', type: 'alias', meta: { interface: 'group-detail', special: ['alias', 'no-data', 'group'] } },
        { field: 'name', type: 'string', meta: { interface: 'input', group: 'box', required: true }, schema: {} },
      ],
      ...more,
    });

  it('SEC-3: a rule of a field has an entry that says what stood before; a form that is saved unchanged has none', async () => {
    const validation = { _and: [{ short_name: { _regex: '^.{2,}$' } }] };
    for (const meta of [{ required: true }, { required: true }, { validation }, { validation }, { required: false, validation: null }]) {
      const answer = await change(meta);
      expect(answer.status, answer.text).toBe(200);
    }
    const entries = await of(FIELDS, FIELD);
    expect(entries.map(({ action, nth, before, after }) => ({ action, nth, before, after }))).toEqual([
      { action: 'update', nth: 1, before: { required: false }, after: { required: true } },
      { action: 'update', nth: 2, before: { validation: null }, after: { validation } },
      { action: 'update', nth: 3, before: { required: true, validation }, after: { required: false, validation: null } },
    ]);
    expect(entries.map(({ origin }) => origin)).toEqual(['request', 'request', 'request']);
  });

  it('SEC-3: many fields in one request, and by GraphQL, each with what stood before', async () => {
    const { root } = the();
    const many = (hidden: boolean) =>
      root.request('PATCH', '/fields/crm_customers', [
        { field: 'short_name', meta: { hidden } },
        { field: 'website', meta: { hidden } },
        { field: 'website', meta: { note: hidden ? '官网' : null } },
      ]);
    expect((await many(true)).status).toBe(200);
    const graphql = `mutation { update_fields_item(collection: "crm_customers", field: "short_name", data: { meta: { hidden: false } }) { field } }`;
    const answer = await root.graphql(graphql, {}, true);
    expect(answer.text).not.toContain('"errors"');
    expect(await lastEntry(the(), { collection: FIELDS, item: FIELD })).toMatchObject({
      before: { hidden: true },
      after: { hidden: false },
    });
    expect((await of(FIELDS, 'crm_customers.website')).map(({ before, after }) => [before, after])).toEqual([
      [{ hidden: false }, { hidden: true }],
      [{ note: null }, { note: '官网' }],
    ]);
    const count = await countEntries(the(), { collection: FIELDS });
    expect((await many(false)).status).toBe(200);
    expect(await countEntries(the(), { collection: FIELDS })).toBe(count + 2);
  });

  it('SEC-3: two who change one field at once: each entry begins with what the one before it left', async () => {
    const notes = ['甲', '乙', '丙', '丁'];
    const seen = (await of(FIELDS, FIELD)).length;
    const answers = await Promise.all(notes.map((note) => change({ note })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const entries = (await of(FIELDS, FIELD)).sort((one, other) => one.nth - other.nth).slice(seen);
    expect(entries).toHaveLength(4);
    for (const [at, { before }] of entries.entries()) expect(before).toEqual(at ? entries[at - 1]!.after : { note: null });
  });

  it('SEC-3: a collection of one’s own: made, changed, deleted with its fields', async () => {
    const { root } = the();
    expect((await own('levers', { meta: { note: '自有' } })).status).toBe(200);
    expect(await of(META, 'levers')).toMatchObject([{ action: 'create', before: null, after: { note: '自有', singleton: false } }]);
    expect(await of(FIELDS, 'levers.name')).toMatchObject([{ action: 'create', before: null, after: { required: true, group: 'box' } }]);

    const rename = { meta: { archive_field: 'name', archive_value: 'old' } };
    for (let n = 0; n < 2; n++) expect((await root.request('PATCH', '/collections/levers', rename)).status).toBe(200);
    expect((await of(META, 'levers')).slice(1)).toMatchObject([
      { action: 'update', before: { archive_field: null, archive_value: null }, after: { archive_field: 'name', archive_value: 'old' } },
    ]);

    // What the host empties by itself: the group of a field, the field that archives.
    expect((await root.request('DELETE', '/fields/levers/box')).status).toBe(204);
    expect((await of(FIELDS, 'levers.box')).at(-1)).toMatchObject({ action: 'delete', before: { interface: 'group-detail' }, after: null });
    expect((await of(FIELDS, 'levers.name')).at(-1)).toMatchObject({ action: 'update', before: { group: 'box' }, after: { group: null } });
    expect((await root.request('DELETE', '/fields/levers/name')).status).toBe(204);
    expect((await of(META, 'levers')).at(-1)).toMatchObject({ before: { archive_field: 'name' }, after: { archive_field: null } });

    expect((await root.request('DELETE', '/collections/levers')).status).toBe(204);
    expect((await of(META, 'levers')).at(-1)).toMatchObject({ action: 'delete', before: { archive_value: 'old' }, after: null });
    expect((await of(FIELDS, 'levers.id')).map(({ action }) => action)).toEqual(['create', 'delete']);
    expect((await of(FIELDS, 'levers.name')).map(({ action }) => action)).toEqual(['create', 'update', 'delete']);
  });

  it('SEC-3: a schema that is applied runs with nobody’s rights: its changes have entries, in the name of who applied it', async () => {
    const { root } = the();
    expect((await own('applied')).status).toBe(200);
    const snapshot = (await root.request('GET', '/schema/snapshot')).body.data;
    const field = snapshot.fields.find(
      (one: { collection: string; field: string }) => one.collection === 'applied' && one.field === 'name',
    );
    field.meta.required = false;
    const { status, body, text } = await root.request('POST', '/schema/diff?force=true', snapshot);
    expect(status, text).toBe(200);
    const fields = body.data.diff.fields.filter(({ collection }: { collection: string }) => collection === 'applied');
    const diff = { collections: [], fields, systemFields: [], relations: [] };
    const applied = await root.request('POST', '/schema/apply', { hash: body.data.hash, diff });
    expect(applied.status, applied.text).toBe(204);
    const me = (await root.request('GET', '/users/me?fields=id')).body.data.id;
    await expect
      .poll(async () => (await of(FIELDS, 'applied.name')).slice(1), { timeout: 5000 })
      .toMatchObject([{ user: null, acting_for: me, before: { required: true }, after: { required: false } }]);
    expect((await root.request('DELETE', '/collections/applied')).status).toBe(204);
  });
}
