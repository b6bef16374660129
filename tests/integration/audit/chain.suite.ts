import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runHost } from '../../../bin/lib/host-process.mjs';
import { verifyLog } from '../../../extensions/crm/src/audit/verify.ts';
import { readKeyring } from '../../../extensions/crm/src/platform/api/keyring.ts';
import { TEST_KEYS } from '../../harness/host.ts';
import type { Fault, Verification } from '../../../extensions/crm/src/audit/rules/finding.ts';
import type { World } from '../access/world.ts';
import { countEntries, entriesOf } from './log.ts';

async function verify({ host }: World, more: string[] = []): Promise<{ code: number; text: string }> {
  const run = runHost(['crm-audit', 'verify', ...more], { ...host.env, LOG_LEVEL: 'fatal' });
  const code = await run.ended;
  return { code, text: run.output() };
}

/** The same in this process, which is some seconds faster than the command. */
async function verified({ host }: Pick<World, 'host'>): Promise<{ code: number; found: Verification }> {
  const ring = readKeyring(TEST_KEYS);
  if (!ring.accepted) throw new Error('the test keys cannot be read');
  const found = await verifyLog({ database: host.database, ring: ring.value, dataDir: host.dataDir });
  return { code: found.faults.length ? 1 : 0, found };
}

const sealedAll = (world: World) => expect.poll(() => countEntries(world, { block: null }), { timeout: 8000, interval: 200 }).toBe(0);

/** The chain over the log: whole while nobody touched it, and every touch has a name. */
export function chainOfBlocks(the: () => World): void {
  it('SEC-3, SEC-4: an entry is in the chain within five seconds, and the log verifies in both languages', async () => {
    const { create } = the();
    const customer = await create('repA1', 'crm_customers', { name: '链一有限公司' });
    const begun = Date.now();
    await expect
      .poll(async () => (await the().host.database('crm_audit').where({ item: customer.id }).first('block')).block, {
        timeout: 6000,
        interval: 100,
      })
      .not.toBeNull();
    expect(Date.now() - begun).toBeLessThan(5000);
    await sealedAll(the());
    const zh = await verify(the());
    expect(zh.code, zh.text).toBe(0);
    expect(zh.text).toContain('审计日志完整');
    expect((await verify(the(), ['--lang', 'en'])).text).toContain('The audit log is whole');
  }, 120_000);

  it('SEC-3: one byte of any column of an entry, or of a block, is found and named', async () => {
    const { host } = the();
    const row = await host
      .database('crm_audit')
      .whereNotNull('after')
      .whereNotNull('before')
      .whereNotNull('block')
      .orderBy(['at', 'id'])
      .first();
    const signed = Object.keys(row).filter((column) => column !== 'block');
    expect(signed).toHaveLength(18);
    for (const column of signed) {
      const found = await withFlipped(the(), 'crm_audit', row, column);
      const faults =
        column === 'id' || column === 'key'
          ? expect.arrayContaining([expect.objectContaining({ block: Number(row.block) })])
          : [{ kind: 'row_edited', row: row.id, block: Number(row.block) }];
      expect(found, column).toEqual(faults);
    }
    const block = await host.database('crm_audit_blocks').where({ number: row.block }).first();
    const kept = Object.keys(block).filter((column) => column !== 'id');
    expect(kept).toHaveLength(11);
    for (const column of kept) expect(await withFlipped(the(), 'crm_audit_blocks', block, column), column).not.toEqual([]);
    expect((await verified(the())).found.faults).toEqual([]);
  }, 240_000);

  it('SEC-3: blocks below the first are named, with the entries that are hung on them', async () => {
    const { host } = the();
    const [block] = await host.database('crm_audit_blocks').orderBy('number').limit(1);
    const row = await host.database('crm_audit').where({ block: block.number }).first();
    for (const number of [0, -1, -2_000_000]) {
      await host.database('crm_audit_blocks').insert({ ...block, id: randomUUID(), number });
      await host.database('crm_audit').where({ id: row.id }).update({ block: number });
      const { faults } = (await verified(the())).found;
      expect(faults).toContainEqual({ kind: 'block_edited', block: number });
      expect(faults).toContainEqual({ kind: 'row_removed', row: row.id, block: Number(block.number) });
      await host.database('crm_audit').where({ id: row.id }).update({ block: block.number });
      await host.database('crm_audit_blocks').where({ number }).delete();
    }
    expect((await verified(the())).found.faults).toEqual([]);
  }, 60_000);

  it('SEC-3: a reason with half a character in it, or with bytes that are no text, keeps its entry whole', async () => {
    const { as, create } = the();
    const customer = await create('repA1', 'crm_customers', { name: '半个字符有限公司' });
    const reasons = [`${'a'.repeat(499)}${encodeURIComponent('😀')}`, '%ED%A0%80', '%00%F0%9F', 'caf\u00e9 \u00ff'];
    for (const [n, reason] of reasons.entries()) {
      const headers = { 'x-crm-reason': reason, 'user-agent': `half \u00ed\u00a0\u0080 ${n}` };
      const answer = await as.repA1.request('PATCH', `/items/crm_customers/${customer.id}`, { short_name: `半${n}` }, { headers });
      expect(answer.status, answer.text).toBe(200);
    }
    const entries = (await entriesOf(the(), { item: customer.id })).filter(({ action }) => action === 'update');
    expect(entries.map(({ reason }) => reason)).toEqual([
      `${'a'.repeat(499)}\ufffd`,
      '%ED%A0%80',
      '%00%F0%9F',
      expect.stringContaining('caf'),
    ]);
    expect((await verified(the())).found.faults).toEqual([]);
    await sealedAll(the());
    expect((await verified(the())).found.faults).toEqual([]);
  }, 60_000);

  it('SEC-3: a removed entry, one moved to another block and an edited block are found and named', async () => {
    const { host } = the();
    const row = await host.database('crm_audit').whereNotNull('block').orderBy(['at', 'id']).first();
    const put = () =>
      host.database('crm_audit').insert({ ...row, before: row.before && asText(row.before), after: row.after && asText(row.after) });
    await host.database('crm_audit').where({ id: row.id }).delete();
    const text = await verify(the(), ['--lang', 'en']);
    expect(text.text).toContain(`entry ${row.id} of block ${row.block} was removed`);
    await put();
    await host.database('crm_audit').where({ id: row.id }).update({ block: 999_999 });
    expect((await verified(the())).found.faults).toEqual([
      { kind: 'row_removed', row: row.id, block: Number(row.block) },
      { kind: 'row_misplaced', row: row.id, block: 999_999 },
    ]);
    await host.database('crm_audit').where({ id: row.id }).update({ block: row.block });
    const block = await host.database('crm_audit_blocks').where({ number: row.block }).first();
    await host.database('crm_audit_blocks').where({ id: block.id }).update({ contents: '[]' });
    const { found } = await verified(the());
    expect(found.faults).toContainEqual({ kind: 'block_edited', block: Number(row.block) });
    await host.database('crm_audit_blocks').where({ id: block.id }).update({ contents: block.contents });
    expect((await verified(the())).found.faults).toEqual([]);
  }, 240_000);

  it('SEC-3: a missing block and a chain that was cut at its end are found', async () => {
    const { host, create } = the();
    await create('repA1', 'crm_customers', { name: '链二有限公司' });
    await sealedAll(the());
    const blocks = await host.database('crm_audit_blocks').orderBy('number');
    const [second, last] = [blocks[1]!, blocks.at(-1)!];
    await host.database('crm_audit_blocks').where({ id: second.id }).delete();
    expect((await verified(the())).found.faults).toContainEqual({ kind: 'block_removed', block: Number(second.number) + 1 });
    await host.database('crm_audit_blocks').insert(second);

    const rows = await host.database('crm_audit').where({ block: last.number });
    await host.database('crm_audit').where({ block: last.number }).delete();
    await host.database('crm_audit_blocks').where({ id: last.id }).delete();
    const cut = (await verified(the())).found.faults;
    expect(cut).toContainEqual({ kind: 'head_missing', block: Number(last.number), where: 'database' });
    expect(cut).toContainEqual({ kind: 'head_missing', block: Number(last.number), where: 'file' });
    await host.database('crm_audit_blocks').insert(last);
    await host
      .database('crm_audit')
      .insert(rows.map((row) => ({ ...row, before: row.before && asText(row.before), after: row.after && asText(row.after) })));
    expect((await verified(the())).found.faults).toEqual([]);
    const head = join(host.dataDir, 'audit-head.json');
    const kept = readFileSync(head, 'utf8');
    writeFileSync(head, 'not json');
    expect((await verified(the())).found.faults).toEqual([]);
    rmSync(head);
    writeFileSync(head, kept);
  }, 240_000);

  it('SEC-3: a log whose key is lost says so, and commands with bad words answer 1', async () => {
    const { host } = the();
    const other = `k9:${Buffer.from('zyxwvutsrqponmlkjihgfedcba987654').toString('base64')}`;
    const run = runHost(['crm-audit', 'verify', '--json'], { ...host.env, CRM_KEYS: other, LOG_LEVEL: 'fatal' });
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain('block_key_missing');
    expect((await verify(the(), ['--head', 'nonsense'])).code).toBe(1);
    expect((await verify(the(), ['--head', `1:${'0'.repeat(64)}`])).code).toBe(1);
  }, 240_000);

  it('SEC-3: a chain that was cut at its end is still found when new blocks have overtaken the cut', async () => {
    const { host, create } = the();
    await create('repA1', 'crm_customers', { name: '链三有限公司' });
    await sealedAll(the());
    const last = (await host.database('crm_audit_blocks').orderBy('number', 'desc').first())!;
    const rows = await host.database('crm_audit').where({ block: last.number });
    await host.database('crm_audit').where({ block: last.number }).delete();
    await host.database('crm_audit_blocks').where({ id: last.id }).delete();
    for (const n of [1, 2, 3]) {
      await create('repA1', 'crm_customers', { name: `链四之${n}有限公司` });
      await sealedAll(the());
    }
    const { faults, head } = (await verified(the())).found;
    expect(head!.number).toBeGreaterThan(Number(last.number));
    expect(rows.length).toBeGreaterThan(0);
    for (const where of ['database', 'file'] as const)
      expect(faults).toContainEqual({ kind: 'head_missing', block: Number(last.number), where });
  }, 120_000);
}

/** Another value of the same kind, as little different as can be. */
function flipped(value: unknown): unknown {
  if (value === null) return 'x';
  if (value instanceof Date) return new Date(value.getTime() + 1);
  if (typeof value === 'number') return value + 1_000_000;
  const text = asText(value);
  if (text.startsWith('{')) return JSON.stringify({ ...(JSON.parse(text) as object), x: 1 });
  if (/^[0-9a-f]{8}-/.test(text)) return `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`;
  return `${text.startsWith('x') ? 'y' : 'x'}${text.slice(1)}`;
}

/** What verification says while one column of one row is another one. */
async function withFlipped({ host, segment }: World, table: string, row: Record<string, unknown>, column: string): Promise<Fault[]> {
  const other = column === 'segment' ? [segment.a, segment.b].find((id) => id !== row[column]) : flipped(row[column]);
  const key = column === 'id' ? other : row['id'];
  await host
    .database(table)
    .where({ id: row['id'] })
    .update({ [column]: other });
  const { found } = await verified({ host });
  const stored = row[column];
  await host
    .database(table)
    .where({ id: key })
    .update({ [column]: typeof stored === 'object' && stored !== null && !(stored instanceof Date) ? JSON.stringify(stored) : stored });
  return found.faults;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
