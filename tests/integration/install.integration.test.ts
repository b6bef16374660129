import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isUnchanged } from '../../seed/installer/install.ts';
import { bareHost, type BareHost, type Database } from './installer/bare-host.ts';
import { dump, timeless } from './installer/database-dump.ts';
import { runInstall } from './installer/run-install.ts';

describe.each<Database>(['sqlite', 'pg'])('installing on %s', (db) => {
  let straight: BareHost;
  let rugged: BareHost;
  let others: BareHost;
  beforeAll(async () => {
    [straight, rugged, others] = [await bareHost(db), await bareHost(db), await bareHost(db)];
  });
  afterAll(async () => {
    for (const host of [straight, rugged, others]) await host.remove();
  });

  test('design 9: the first run installs, the second one changes nothing at all', async () => {
    const check = await runInstall(straight.env, { check: true });
    expect(isUnchanged(check.report!)).toBe(false);
    const first = await runInstall(straight.env);
    expect(first.report).toMatchObject({ columns: 0, 'not-null': 0, meta: 0 });
    expect(first.report!.relations).toBeGreaterThan(50);
    const before = await straight.look(dump);
    const second = await runInstall(straight.env);
    expect(isUnchanged(second.report!)).toBe(true);
    expect(await straight.look(dump)).toEqual(before);
  }, 300_000);

  test('design 9: killed anywhere, two at once from the first table on: the next runs take turns, finish, and nothing is missing or there twice', async () => {
    const begun = await Promise.all([runInstall(rugged.env, { killAtLine: 2 }), runInstall(rugged.env, { killAtLine: 2 })]);
    expect(begun.map(({ code, refusal }) => [code, refusal])).toEqual([
      [null, null],
      [null, null],
    ]);
    for (const [at, killAtLine] of [41, 71, 40].entries()) {
      const outcome = await runInstall(rugged.env, { killAtLine, ...(at % 2 ? {} : { killAfterMs: at + 1 }) });
      expect(outcome.code, `killed after ${killAtLine} lines`).toBeNull();
    }
    const outcomes = await Promise.all([runInstall(rugged.env), runInstall(rugged.env)]);
    expect(outcomes.map(({ code, refusal }) => [code, refusal])).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(outcomes.filter(({ report }) => isUnchanged(report!))).toHaveLength(1);
    expect(timeless(await rugged.look(dump))).toEqual(timeless(await straight.look(dump)));
  }, 400_000);

  test('design 9: a collection of others that has our name stops it with one line, before the first change', async () => {
    await others.look((database) => database.schema.createTable('crm_customers', (table) => void table.increments('id')));
    const before = await others.look(dump);
    const outcome = await runInstall(others.env);
    expect(outcome.refusal).toMatch(/crm_customers is there already/);
    expect(await others.look(dump)).toEqual(before);
  });

  test('design 9: a field of others that has our name stops it with one line, before the first change', async () => {
    await others.look(async (database) => {
      await database.schema.dropTable('crm_customers');
      await database.schema.alterTable('directus_files', (table) => void table.string('segment'));
    });
    const before = await others.look(dump);
    const outcome = await runInstall(others.env);
    expect(outcome.refusal).toMatch(/directus_files\.segment is there already/);
    expect(await others.look(dump)).toEqual(before);
  });
});
