import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isUnchanged } from '../../seed/installer/install.ts';
import { bareHost, type BareHost, type Database } from './installer/bare-host.ts';
import { dump } from './installer/database-dump.ts';
import { runInstall } from './installer/run-install.ts';

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

describe.each<Database>(['sqlite', 'pg'])('upgrading on %s', (db) => {
  let host: BareHost;
  beforeEach(async () => {
    host = await bareHost(db, { installed: true });
  });
  afterEach(() => host.remove());

  test("F45: an administrator's label survives, one that nobody touched follows our version", async () => {
    const own = JSON.stringify([{ language: 'zh-CN', translation: '我们的客户' }]);
    await host.look((database) =>
      database('directus_fields').where({ collection: 'crm_customers', field: 'name' }).update({ translations: own }),
    );
    const outcome = await runInstall(host.env, { variant: 'newLabels' });
    expect(outcome.report).toMatchObject({ meta: 2, collections: 0, fields: 0, relations: 0 });
    expect((await labelOf(host, 'name')).label).toContain('我们的客户');
    expect((await labelOf(host, 'name')).width).toBe('full');
    expect((await labelOf(host, 'short_name')).label).toContain('惯用简称');
    expect(isUnchanged((await runInstall(host.env, { variant: 'newLabels' })).report!)).toBe(true);
  });

  test('design 9: a later NOT NULL column is filled first, a longer one grows, rows and links stay', async () => {
    const company = randomUUID();
    const segment = randomUUID();
    await host.look(async (database) => {
      await database('crm_companies').insert({ id: company, name: '甲公司' });
      await database('crm_segments').insert({ id: segment, code: 'x01', name: '甲', company });
    });
    const refused = await runInstall(host.env, { variant: 'newColumnsUnfilled' });
    expect(refused.refusal).toMatch(/crm_companies\.batch, but \d+ rows/);
    const outcome = await runInstall(host.env, { variant: 'newColumns' });
    expect(outcome.code).toBe(0);
    expect(isUnchanged((await runInstall(host.env, { variant: 'newColumns' })).report!)).toBe(true);
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

  test('design 3: rules follow our version, those it dropped are gone, a narrower one of the administrator stays until repair', async () => {
    const { reads } = await customerRules(host);
    await host.look((database) => database('directus_permissions').where({ id: reads[0].id }).update({ fields: 'id' }));
    expect(isUnchanged((await runInstall(host.env)).report!)).toBe(true);
    expect((await customerRules(host)).reads.find((row) => row.id === reads[0].id).fields).toBe('id');

    const repaired = await runInstall(host.env, { repair: true });
    expect(repaired.report).toMatchObject({ rows: 1 });
    expect((await customerRules(host)).reads.find((row) => row.id === reads[0].id).fields).toBe(reads[0].fields);

    await runInstall(host.env, { variant: 'newRules' });
    const after = await customerRules(host);
    expect(after.deletes).toEqual([]);
    expect(after.reads.map((row) => row.fields)).toEqual(after.reads.map(() => 'id,name'));
  });

  test("F45: an administrator's text and deletion survive, the others follow", async () => {
    const [edited, deleted, plain] = await host.look((database) =>
      database('directus_translations').orderBy('id').limit(3).select('id', 'value'),
    );
    await host.look(async (database) => {
      await database('directus_translations').where({ id: edited.id }).update({ value: 'mine' });
      await database('directus_translations').where({ id: deleted.id }).delete();
    });
    await runInstall(host.env, { variant: 'newTexts' });
    await host.look(async (database) => {
      expect(await database('directus_translations').where({ id: edited.id }).first('value')).toEqual({ value: 'mine' });
      expect(await database('directus_translations').where({ id: deleted.id })).toEqual([]);
      expect(await database('directus_translations').where({ id: plain.id }).first('value')).toEqual({ value: `${plain.value}!` });
    });
    const before = await host.look(dump);
    expect(isUnchanged((await runInstall(host.env, { variant: 'newTexts' })).report!)).toBe(true);
    expect(await host.look(dump)).toEqual(before);
  });
});
