import { timingSafeEqual } from 'node:crypto';
import type { Knex, Row } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { hashOf, macOf, type Block, type Contents, type PurgeSummary } from './block.ts';
import { digestOf, momentText, PURPOSE, signatureOf } from './entry.ts';
import { filedHead, rememberedHead, type Head } from './head.ts';
import { BLOCKS, LOG } from './journal.ts';
import type { Fault, Verification } from './rules/finding.ts';

export interface Verifying {
  database: Knex;
  ring: Keyring;
  dataDir: string | null;
  /** A head that somebody noted elsewhere at an earlier time. */
  given?: Head | null;
}

const CHUNK = 50;
const CHUNK_ROWS = 1000;

const same = (one: unknown, other: string): boolean =>
  typeof one === 'string' && one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** Whether the entry is what was signed. */
function judgeRow(row: Row, ring: Keyring): 'good' | 'row_edited' | 'row_key_missing' {
  const key = row['key'];
  if (typeof key !== 'string') return 'row_edited';
  if (!ring.ids.includes(key)) return 'row_key_missing';
  return same(row['mac'], signatureOf(row, ring.derive(PURPOSE, key))) ? 'good' : 'row_edited';
}

function judgeBlock(block: Block, ring: Keyring): Fault[] {
  const { number, hash, key, mac } = block;
  if (hashOf(block) !== hash) return [{ kind: 'block_edited', block: number }];
  if (typeof key !== 'string' || !ring.ids.includes(key)) return [{ kind: 'block_key_missing', block: number }];
  return same(mac, macOf(hash, ring.derive(PURPOSE, key))) ? [] : [{ kind: 'block_edited', block: number }];
}

function contentsOf(block: Block): Contents {
  try {
    const listed: unknown = JSON.parse(block.contents);
    return block.kind === 'rows' && Array.isArray(listed) ? (listed as Contents) : [];
  } catch {
    return [];
  }
}

export function summaryOf(block: Block): PurgeSummary | null {
  if (block.kind !== 'purge') return null;
  try {
    return JSON.parse(block.contents) as PurgeSummary;
  } catch {
    return null;
  }
}

/** What a block says of its entries against the entries that stand. */
function compareRows(block: Block, rows: readonly Row[], ring: Keyring): Fault[] {
  const standing = new Map(rows.map((row) => [String(row['id']), row]));
  const faults: Fault[] = [];
  for (const [id, digest] of contentsOf(block)) {
    const row = standing.get(id);
    standing.delete(id);
    if (!row) faults.push({ kind: 'row_removed', row: id, block: block.number });
    else {
      const verdict = judgeRow(row, ring);
      if (verdict !== 'good') faults.push({ kind: verdict, row: id, block: block.number });
      else if (digestOf(row) !== digest) faults.push({ kind: 'row_edited', row: id, block: block.number });
    }
  }
  for (const id of standing.keys()) faults.push({ kind: 'row_misplaced', row: id, block: block.number });
  return faults;
}

/** What is wrong with a block and its entries as they stand, without its place in the chain. */
export const faultsIn = (block: Block, rows: readonly Row[], ring: Keyring): Fault[] => [
  ...judgeBlock(block, ring),
  ...compareRows(block, rows, ring),
];

/**
 * Numbers and hashes from one block to the next; a chain that does not begin at 1 needs the summary of a purge. A purge removes
 * from the beginning, step by step: what it has not come to yet still stands, and what it removed meanwhile is no gap.
 */
function followChain(before: Head | null, block: Block, purged: PurgeSummary | null): Fault[] {
  const { number, previous, hash } = block;
  const broken: Fault[] = [{ kind: 'chain_broken', block: number }];
  if (number === purged?.through && hash !== purged.hash) return broken;
  if (before && number === before.number + 1) return previous === before.hash ? [] : broken;
  if (purged && number > 0 && number <= purged.through) return [];
  const beginning = purged ? { number: purged.through, hash: purged.hash } : { number: 0, hash: null };
  const isGap = number !== beginning.number + 1 || (before !== null && before.number > beginning.number);
  if (isGap) return [{ kind: 'block_removed', block: number }];
  return previous === beginning.hash ? [] : broken;
}

/** The summary of the last purge, where nobody touched it. */
export async function lastPurge(database: Knex, ring: Keyring): Promise<PurgeSummary | null> {
  const block: Block | undefined = await database(BLOCKS).where({ kind: 'purge' }).orderBy('number', 'desc').first();
  return block && !judgeBlock(block, ring).length ? summaryOf(block) : null;
}

const numbered = (block: Block): Block => ({ ...block, number: Number(block.number) });

/** Reads at one moment: a purge removes a block together with its entries. */
const atOneMoment = <Result>(database: Knex, read: (trx: Knex) => Promise<Result>): Promise<Result> =>
  database.transaction(read, database.client.config.client === 'pg' ? { isolationLevel: 'repeatable read', readOnly: true } : {});

/** Some blocks after `from` with their entries, and the last purge as it was then. Short, so that no writer waits for a reader. */
const readBlocks = ({ database, ring }: Verifying, from: number | null) =>
  atOneMoment(database, async (trx) => {
    const query = trx(BLOCKS).orderBy('number').limit(CHUNK);
    const blocks: Block[] = (await (from === null ? query : query.where('number', '>', from))).map(numbered);
    const rows: Row[] = await trx(LOG).whereIn(
      'block',
      blocks.map(({ number }) => number),
    );
    return { blocks, rows: Map.groupBy(rows, (row) => Number(row['block'])), purged: await lastPurge(trx, ring) };
  });

async function verifyBlocks(verifying: Verifying) {
  const faults: Fault[] = [];
  const hashes = new Map<number, string>();
  let before: Head | null = null;
  let entries = 0;
  // From the very first: a block with a number below 1 is nobody's, and the chain says so.
  for (let from: number | null = null; ;) {
    const { blocks, rows, purged } = await readBlocks(verifying, from);
    if (!blocks.length) return { faults, hashes, head: before, entries, purged };
    for (const block of blocks) {
      const standing = rows.get(block.number) ?? [];
      entries += standing.length;
      faults.push(...faultsIn(block, standing, verifying.ring), ...followChain(before, block, purged));
      before = { number: block.number, hash: block.hash };
      hashes.set(block.number, block.hash);
    }
    from = blocks.at(-1)!.number;
  }
}

/** Entries that name a block which does not stand. */
async function findMisplaced(database: Knex): Promise<Fault[]> {
  const rows = await database(LOG)
    .whereNotNull('block')
    .whereNotIn('block', database(BLOCKS).select('number'))
    .orderBy(['at', 'id'])
    .limit(CHUNK_ROWS)
    .select('id', 'block');
  return rows.map((row) => ({ kind: 'row_misplaced', row: String(row.id), block: Number(row.block) }));
}

async function verifyTail({ database, ring }: Verifying) {
  const faults: Fault[] = [];
  let [count, since]: [number, string | null] = [0, null];
  for (let last = ''; ;) {
    const query = database(LOG).whereNull('block').orderBy('id').limit(CHUNK_ROWS);
    const rows: Row[] = await (last ? query.where('id', '>', last) : query);
    for (const row of rows) {
      const verdict = judgeRow(row, ring);
      if (verdict !== 'good') faults.push({ kind: verdict, row: String(row['id']), block: null });
      const at = momentText(row['at']);
      if (since === null || at < since) since = at;
    }
    count += rows.length;
    if (rows.length < CHUNK_ROWS) return { faults, unsealed: { count, since } };
    last = String(rows.at(-1)!['id']);
  }
}

/**
 * Reads the whole log and finds every edit, gap and removal in entries and blocks (SEC-3). What it cannot see is said in
 * docs/security.md: the loss of entries that were in no block yet, and a chain that was cut together with both
 * remembered heads.
 */
export async function verifyLog(verifying: Verifying): Promise<Verification> {
  const { database, dataDir, given } = verifying;
  // The heads first: a block that is sealed meanwhile is in the chain that is read after them.
  const heads = [
    ['database', await rememberedHead(database)],
    ['file', await filedHead(dataDir)],
    ['given', given ?? null],
  ] as const;
  const chain = await verifyBlocks(verifying);
  const misplaced = await findMisplaced(database);
  const tail = await verifyTail(verifying);
  const isKnown = (head: Head) =>
    chain.hashes.get(head.number) === head.hash || (chain.purged !== null && head.number <= chain.purged.through);
  const cut = heads.flatMap(([where, head]): Fault[] =>
    head && !isKnown(head) ? [{ kind: 'head_missing', block: head.number, where }] : [],
  );
  return {
    entries: chain.entries + tail.unsealed.count,
    blocks: chain.hashes.size,
    unsealed: tail.unsealed,
    head: chain.head,
    faults: [...chain.faults, ...misplaced, ...tail.faults, ...cut],
  };
}
