import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isUnchanged } from '../../seed/installer/install.ts';
import { bareHost, type BareHost, type Database } from './installer/bare-host.ts';
import { dump } from './installer/database-dump.ts';
import { runInstall } from './installer/run-install.ts';

interface Text {
  id: string;
  value: string;
}

const labelOf = (host: BareHost, field: string) =>
  host.look(async (database) => {
    const row = await database('directus_fields').where({ collection: 'crm_customers', field }).first('translations', 'width');
    return { label: JSON.stringify(row.translations), width: row.width };
  });

const customerRules = (host: BareHost) =>
  host.look(async (database) => {
    const rows = await database('directus_permissions').where({ collection: 'crm_customers' }).select('id', 'action', 'fields');
    return { reads: rows.filter((row) => row.action === 'read'), deletes: rows.filter((row) => row.action === 'delete') };
  });

/** One database goes the way of an installation: left as it was, changed by its administrator, repaired, upgraded, upgraded again. */
describe.each<Database>(['sqlite', 'pg'])('upgrading on %s', (db) => {
  const company = randomUUID();
  const segment = randomUUID();
  const own = JSON.stringify([{ language: 'zh-CN', translation: '我们的客户' }]);
  let host: BareHost;
  let texts: { edited: Text; deleted: Text; plain: Text };
  let readFields: string;
  beforeAll(async () => {
    host = await bareHost(db, { installed: true });
    const [edited, deleted, plain] = await host.look((database) =>
      database('directus_translations').orderBy('id').limit(3).select('id', 'value'),
    );
    texts = { edited, deleted, plain };
  });
  afterAll(() => host.remove());

  test('design 3: a rule that the administrator made narrower stays until repair', async () => {
    const [rule] = (await customerRules(host)).reads;
    readFields = rule.fields;
    const now = async () => (await customerRules(host)).reads.find((row) => row.id === rule.id).fields;
    await host.look((database) => database('directus_permissions').where({ id: rule.id }).update({ fields: 'id' }));
    expect(isUnchanged((await runInstall(host.env)).report!)).toBe(true);
    expect(await now()).toBe('id');
    const repaired = await runInstall(host.env, { repair: true });
    expect(repaired.report).toMatchObject({ rows: 1 });
    expect(await now()).toBe(readFields);
  });

  test('design 9: a later NOT NULL column without a word on the rows that stand is refused and named', async () => {
    await host.look(async (database) => {
      await database('crm_companies').insert({ id: company, name: '甲公司' });
      await database('crm_segments').insert({ id: segment, code: 'x01', name: '甲', company });
      await database('directus_fields').where({ collection: 'crm_customers', field: 'name' }).update({ translations: own });
      await database('directus_translations').where({ id: texts.edited.id }).update({ value: 'mine' });
      await database('directus_translations').where({ id: texts.deleted.id }).delete();
    });
    const refused = await runInstall(host.env, { variant: 'newVersionUnfilled' });
    expect(refused.refusal).toMatch(/crm_companies\.batch, but \d+ rows/);
  });

  test('F45: our next version goes in once; a second time it changes nothing', async () => {
    const outcome = await runInstall(host.env, { variant: 'newVersion' });
    expect(outcome.report).toMatchObject({ meta: 2, collections: 0, relations: 0 });
    const before = await host.look(dump);
    expect(isUnchanged((await runInstall(host.env, { variant: 'newVersion' })).report!)).toBe(true);
    expect(await host.look(dump)).toEqual(before);
  });

  test("F45: an administrator's label survives it, one that nobody touched follows our version", async () => {
    expect((await labelOf(host, 'name')).label).toContain('我们的客户');
    expect((await labelOf(host, 'name')).width).toBe('full');
    expect((await labelOf(host, 'short_name')).label).toContain('惯用简称');
  });

  test('design 9: a later NOT NULL column is filled first, a longer one grows, rows and links stay', async () => {
    await host.look(async (database) => {
      if (db === 'sqlite') await database.raw('PRAGMA foreign_keys = ON');
      expect(await database('crm_companies').where({ id: company }).first()).toMatchObject({ batch: 'first', tier: 3 });
      expect(await database('crm_segments').where({ id: segment }).first()).toMatchObject({ company });
      await expect(database('crm_companies').insert({ id: randomUUID(), name: '乙', tier: 1 })).rejects.toThrow(/null/i);
      await expect(database('crm_segments').insert({ id: randomUUID(), code: 'x02', name: '乙', company: randomUUID() })).rejects.toThrow(
        /foreign/i,
      );
    });
  });

  test('design 3: rules follow our version, those it dropped are gone', async () => {
    const after = await customerRules(host);
    expect(readFields).not.toBe('id,name');
    expect(after.deletes).toEqual([]);
    expect(after.reads.map((row) => row.fields)).toEqual(after.reads.map(() => 'id,name'));
  });

  test("F45: an administrator's text and deletion survive it, the others follow", async () => {
    await host.look(async (database) => {
      const textOf = ({ id }: Text) => database('directus_translations').where({ id }).first('value');
      expect(await textOf(texts.edited)).toEqual({ value: 'mine' });
      expect(await textOf(texts.deleted)).toBeUndefined();
      expect(await textOf(texts.plain)).toEqual({ value: `${texts.plain.value}!` });
    });
  });
});
