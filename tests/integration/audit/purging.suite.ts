import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { expect, it } from 'vitest';
import { createChanges, type Changes } from '../../../extensions/crm/src/audit/changes.ts';
import { runAudit } from '../../../extensions/crm/src/audit/command.ts';
import { createJournal } from '../../../extensions/crm/src/audit/journal.ts';
import type { AuditPorts } from '../../../extensions/crm/src/audit/ports.ts';
import { purgeDuty, purgeOnce } from '../../../extensions/crm/src/audit/purge.ts';
import { rightsAt } from '../../../extensions/crm/src/audit/rights-history.ts';
import { describeRights } from '../../../extensions/crm/src/audit/rules/describe-rights.ts';
import { sealOnce } from '../../../extensions/crm/src/audit/seal.ts';
import { createSealer } from '../../../extensions/crm/src/audit/sealer.ts';
import { verifyLog } from '../../../extensions/crm/src/audit/verify.ts';
import type { Keyring } from '../../../extensions/crm/src/platform/api/keyring.ts';

export interface Chain {
  database: Knex;
  ring: Keyring;
  keys: { ring(): { accepted: true; value: Keyring } };
  changes: Changes;
  ports: AuditPorts;
  db: 'sqlite' | 'pg';
}

const DAY = 86_400_000;
const KEEP_DAYS = 1096;
/** A clock that is some days ahead. */
const at = (days: number) => ({ now: () => new Date(Date.now() + days * DAY) });
const silent = { fatal: () => {}, error: () => {}, warn: () => {}, info: () => {} };
const always = () => Promise.resolve(true);

/** The end of keeping, and sealing beside it; the host is halted, and what is written is written here. */
export function purging(the: () => Chain): void {
  const faults = async () => (await verifyLog({ database: the().database, ring: the().ring, dataDir: null })).faults;
  const write = async (count: number) => {
    for (let n = 0; n < count; n++)
      await the().changes.event(the().database, { action: 'test', collection: 'crm_customers', item: randomUUID(), after: { n } });
  };
  const seal = async (days = 0) => {
    while (await sealOnce(the().database, the().ring, at(days)));
  };
  const count = async (table = 'crm_audit', where: object = {}) =>
    Number((await the().database(table).where(where).count({ count: '*' }).first())!['count']);
  const purge = (days: number) => purgeOnce(the().database, the().ring, at(days), KEEP_DAYS);
  /** As if the server had been running until then: a block that was sealed some days before. */
  const livedUntil = async (days: number) => {
    await write(1);
    await seal(days);
  };

  it('SEC-3: entries past their time go by a purge that leaves one sealed summary; the chain and the history of rights go on', async () => {
    const { database, ring } = the();
    for (let n = 0; n < 25; n++) {
      await write(1);
      await seal();
    }
    await livedUntil(1090);
    const total = await count();
    const summaries = await count('crm_audit_blocks', { kind: 'purge' });
    const people = describeRights((await rightsAt(database, new Date())).state).users.length;
    expect(people).toBeGreaterThan(0);
    expect(await purge(1000)).toBeNull();
    // Every step leaves a log that verifies.
    let steps = 0;
    const looked = async () => {
      expect(await faults(), `after step ${++steps}`).toEqual([]);
      return true;
    };
    expect(await purgeOnce(database, ring, at(1100), KEEP_DAYS, looked)).toBe(total);
    expect(steps).toBeGreaterThan(3);
    expect(await count()).toBe(0);
    expect(await count('crm_audit_blocks', { kind: 'purge' })).toBe(summaries + 1);
    expect(await purge(1100)).toBeNull();
    expect(await faults()).toEqual([]);
    const { state, since } = await rightsAt(database, new Date());
    expect(since).not.toBeNull();
    expect(describeRights(state).users).toHaveLength(people);
    await write(2);
    await seal();
    expect(await faults()).toEqual([]);

    const summary = await database('crm_audit_blocks').where({ kind: 'purge' }).orderBy('number', 'desc').first();
    await database('crm_audit_blocks')
      .where({ id: summary.id })
      .update({ contents: String(summary.contents).replace('"rows":', '"rows":1') });
    expect((await faults()).map(({ kind }) => kind)).toContain('block_edited');
    await database('crm_audit_blocks').where({ id: summary.id }).update({ contents: summary.contents });
    expect(await faults()).toEqual([]);
  });

  // The summary of the test before is young until 2196 days from now.
  it('F37: a clock that jumped years ahead purges nothing, also when blocks were sealed by it', async () => {
    await write(3);
    await seal();
    const before = await count();
    expect(await purge(2300)).toBeNull();
    await livedUntil(2300);
    expect(await purge(2300)).toBeNull();
    expect(await count()).toBe(before + 1);
  });

  it('SEC-3: the job purges once a day at most, and goes on with what a stop cut off', async () => {
    const { database, ring, keys, ports } = the();
    for (let n = 0; n < 25; n++) await livedUntil(2300);
    // Becomes old in the course of the day after.
    const later = createChanges(createJournal(keys, at(2310.2 - KEEP_DAYS), silent, ports), ports);
    await later.event(database, { action: 'test', collection: 'crm_customers', item: randomUUID(), after: { n: 0 } });
    await seal(2300);
    const job = (days: number) => {
      const duty = purgeDuty(database, at(days), KEEP_DAYS);
      return { isDue: () => duty.isDue(ring), run: (goOn = always) => duty.run(ring, goOn) };
    };
    const blocks = await count('crm_audit_blocks', { kind: 'rows' });
    expect(await job(1000).isDue()).toBe(false);
    const first = job(2310);
    expect([await first.isDue(), await first.isDue()]).toEqual([true, false]);
    const steps = [true, true, true, false];
    await first.run(() => Promise.resolve(steps.shift() ?? false));
    const left = await count('crm_audit_blocks', { kind: 'rows' });
    expect([left > 1, left < blocks]).toEqual([true, true]);
    expect(await faults()).toEqual([]);

    const afterRestart = job(2310.1);
    expect(await afterRestart.isDue()).toBe(true);
    await afterRestart.run();
    expect(await count('crm_audit_blocks', { kind: 'rows' })).toBe(1);
    // The first purge took the summaries before it along.
    expect(await count('crm_audit_blocks', { kind: 'purge' })).toBe(1);
    expect(await job(2310.5).isDue()).toBe(false);
    const nextDay = job(2311.5);
    expect(await nextDay.isDue()).toBe(true);
    await nextDay.run();
    expect(await count('crm_audit_blocks', { kind: 'rows' })).toBe(0);
    expect(await count('crm_audit_blocks', { kind: 'purge' })).toBe(2);
    expect(await faults()).toEqual([]);
  });

  it('SEC-3: a purge removes nothing that verification would name: forged dates, entries moved into an old block', async () => {
    const { database } = the();
    await write(3);
    await seal();
    await write(1);
    await seal();
    await livedUntil(3500);
    const before = await count();
    const [first] = await database('crm_audit_blocks').where({ kind: 'rows' }).orderBy('number');
    const young = await database('crm_audit').whereNot({ block: first.number }).whereNotNull('block').first('id', 'block');
    await database('crm_audit').where({ id: young.id }).update({ block: first.number });
    await purge(3510);
    expect(await count()).toBe(before);
    await database('crm_audit').where({ id: young.id }).update({ block: young.block });
    await database('crm_audit_blocks')
      .where({ id: first.id })
      .update({ last_at: new Date(0) });
    expect(await purge(3510)).toBeNull();
    expect(await count()).toBe(before);
    await database('crm_audit_blocks').where({ id: first.id }).update({ last_at: first.last_at });
    expect(await faults()).toEqual([]);
    expect(await purge(3510)).toBe(before);
  });

  it('SEC-3: what takes long keeps no entry out of the chain for more than five seconds', { timeout: 20_000 }, async () => {
    const { database, keys } = the();
    let finish = () => {};
    const long = new Promise<void>((resolve) => (finish = resolve));
    let begun = false;
    const run = () => {
      begun = true;
      return long;
    };
    const settings = { keepDays: KEEP_DAYS, lookMs: 60_000, dataDir: null };
    const sealer = createSealer({ database, logger: console } as never, keys, settings, at(0), {
      beside: [{ isDue: () => Promise.resolve(true), run }],
    });
    sealer.start();
    await expect.poll(() => begun, { timeout: 8000 }).toBe(true);
    for (let n = 0; n < 2; n++) {
      await write(1);
      await expect.poll(() => count('crm_audit', { block: null }), { timeout: 5000 }).toBe(0);
    }
    sealer.stop();
    finish();
    await sealer.work();
  });

  it('SEC-3: verification reports what is not sealed yet: how much and since when', async () => {
    const { database, keys } = the();
    await write(1);
    const oldest = await database('crm_audit').whereNull('block').orderBy('at').first('at');
    await write(2);
    const { unsealed } = await verifyLog({ database, ring: the().ring, dataDir: null });
    expect(unsealed).toEqual({ count: 3, since: new Date(oldest.at).toISOString() });
    const said = async (lang: string) => {
      const lines: string[] = [];
      const context = { database, env: {} } as never;
      const code = await runAudit(
        context,
        keys,
        ['verify'],
        { lang },
        (line) => void lines.push(line),
        (_database, ring) => Promise.resolve(ring),
      );
      expect(code, lines.join('\n')).toBe(0);
      return lines.join('\n');
    };
    expect(await said('en')).toContain(`Not sealed yet: 3, the oldest from ${unsealed.since}`);
    expect(await said('zh')).toContain(`尚未封存：3 条，最早 ${unsealed.since}`);
    await seal();
    expect(await said('en')).toContain('Every entry is sealed.');
  });

  it('SEC-3: writers never queue for the head of the chain', { timeout: 20_000 }, async () => {
    const { database, ring, changes, db } = the();
    // SQLite has one writer at a time, whoever it is.
    if (db === 'sqlite') return;
    await write(2);
    const customer = await database('crm_customers').first('id');
    await database.transaction(async (sealing) => {
      expect(await sealOnce(sealing, ring, at(0))).not.toBeNull();
      await database.transaction(async (writing) => {
        await writing.raw("set local lock_timeout = '2s'");
        await changes.around(writing, 'crm_customers', [customer.id], () =>
          writing('crm_customers')
            .where({ id: customer.id })
            .update({ short_name: `链${Date.now()}` }),
        );
      });
    });
    await seal();
    expect(await faults()).toEqual([]);
  });
}
