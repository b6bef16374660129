import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isUnchanged } from '../../seed/installer/install.ts';
import { bareHost, type BareHost, type Database } from './installer/bare-host.ts';
import { dump, timeless } from './installer/database-dump.ts';
import { runInstall } from './installer/run-install.ts';

describe.each<Database>(['sqlite', 'pg'])('installing on %s', (db) => {
  let host: BareHost;
  let straight: BareHost;
  beforeAll(async () => {
    straight = await bareHost(db);
    await runInstall(straight.env);
  });
  afterAll(() => straight.remove());
  beforeEach(async () => {
    host = await bareHost(db);
  });
  afterEach(() => host.remove());

  test('design 9: the first run installs, the second one changes nothing at all', async () => {
    const check = await runInstall(host.env, { check: true });
    expect(isUnchanged(check.report!)).toBe(false);
    const first = await runInstall(host.env);
    expect(first.report).toMatchObject({ columns: 0, 'not-null': 0, meta: 0 });
    expect(first.report!.relations).toBeGreaterThan(50);
    const before = await host.look(dump);
    const second = await runInstall(host.env);
    expect(isUnchanged(second.report!)).toBe(true);
    expect(await host.look(dump)).toEqual(before);
  });

  test('design 9: killed anywhere, the next runs finish and nothing is missing or there twice', async () => {
    const distances = [2, 41, 71, 40];
    for (const [at, killAtLine] of distances.entries()) {
      const outcome = await runInstall(host.env, { killAtLine, ...(at % 2 ? { killAfterMs: at } : {}) });
      expect(outcome.code, `killed after ${killAtLine} lines`).toBeNull();
    }
    expect((await runInstall(host.env)).code).toBe(0);
    expect(timeless(await host.look(dump))).toEqual(timeless(await straight.look(dump)));
  }, 400_000);

  test('design 9: two installations at once take turns', async () => {
    const outcomes = await Promise.all([runInstall(host.env), runInstall(host.env)]);
    expect(outcomes.map(({ refusal }) => refusal)).toEqual([null, null]);
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
    expect(outcomes.filter(({ report }) => isUnchanged(report!))).toHaveLength(1);
  });

  test('design 9: a collection of others that has our name stops it with one line, before the first change', async () => {
    await host.look((database) => database.schema.createTable('crm_customers', (table) => void table.increments('id')));
    const before = await host.look(dump);
    const outcome = await runInstall(host.env);
    expect(outcome.refusal).toMatch(/crm_customers is there already/);
    expect(await host.look(dump)).toEqual(before);
  });

  test('design 9: a field of others that has our name stops it with one line, before the first change', async () => {
    await host.look((database) => database.schema.alterTable('directus_files', (table) => void table.string('segment')));
    const before = await host.look(dump);
    const outcome = await runInstall(host.env);
    expect(outcome.refusal).toMatch(/directus_files\.segment is there already/);
    expect(await host.look(dump)).toEqual(before);
  });
});
