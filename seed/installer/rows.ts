import type { Key, Knex, Row } from '../../extensions/crm/src/platform/api/host.ts';
import { contentHash } from './content-hash.ts';
import type { Change, Installation } from './changes.ts';
import { QUIET, type ItemsOfHost } from './host-door.ts';
import { InstallRefusal } from './install-refusal.ts';
import { columnsOf, decideRows, keyOf, storedHash, type RememberedRows, type RowDecision } from './row-decision.ts';
import type { RowPart } from './parts.ts';
import type { StateEntry } from './state.ts';

const CHUNK = 250;

export const rowsKey = (part: RowPart): string => `rows:${part.name}`;

const partHash = ({ policy, key, rows }: RowPart): string => contentHash({ policy, key, rows });

/** Brings a part's rows up to our version, as its policy allows; nothing is read while our version is the one remembered. */
export async function planRows(installation: Installation, part: RowPart): Promise<Change[]> {
  const { host, state, standing, repair } = installation;
  const known = state.get<RememberedRows>(rowsKey(part));
  const repairs = repair && part.policy === 'exact';
  if (known?.hash === partHash(part) && !repairs) return [];
  if (!standing.schema.collections[part.collection]) throw new InstallRefusal({ reason: 'missing_reference', name: part.name });

  const memory = { ...known?.value };
  const table = new Table(installation, part);
  const found = await table.findByKey();
  const keys = [...found.values(), ...Object.values(memory).map(([pk]) => pk)];
  const stored = part.policy === 'insert-missing' ? new Map<Key, string>() : await table.storedHashes(host.database, keys);
  const decision = decideRows({ part, memory, standing: found, stored, repair: repairs });
  const idle = !decision.inserts.length && !decision.updates.length && !decision.deletes.length;
  if (known?.hash === partHash(part) && idle) return [];
  return toChanges(installation, part, table, memory, decision);
}

function toChanges(installation: Installation, part: RowPart, table: Table, memory: RememberedRows, decision: RowDecision): Change[] {
  const { host, state } = installation;
  Object.assign(memory, decision.noted);
  for (const key of decision.forgotten) delete memory[key];

  const step = (count: number, last: boolean, work: (trx: Knex) => Promise<void>): Change => ({
    what: part.name,
    count,
    run: async () => {
      const entry: StateEntry<RememberedRows> = await host.database.transaction(async (trx: Knex) => {
        await work(trx);
        const made = { value: memory, hash: last ? partHash(part) : '' };
        await state.write(trx, rowsKey(part), made);
        return made;
      });
      state.settle(rowsKey(part), entry);
    },
  });

  const steps: [number, (trx: Knex) => Promise<void>][] = [];
  for (let at = 0; at < decision.inserts.length; at += CHUNK) {
    const rows = decision.inserts.slice(at, at + CHUNK);
    steps.push([rows.length, (trx) => table.insert(trx, rows, memory)]);
  }
  for (let at = 0; at < decision.updates.length; at += CHUNK) {
    const rows = decision.updates.slice(at, at + CHUNK);
    steps.push([rows.length, (trx) => table.update(trx, rows, memory)]);
  }
  if (decision.deletes.length) steps.push([decision.deletes.length, (trx) => table.remove(trx, decision.deletes)]);
  if (!steps.length) steps.push([0, async () => undefined]);
  return steps.map(([count, work], at) => step(count, at === steps.length - 1, work));
}

/** One part's collection, read and written through the host without events. */
class Table {
  private readonly installation: Installation;
  private readonly part: RowPart;
  private readonly primary: string;

  constructor(installation: Installation, part: RowPart) {
    this.installation = installation;
    this.part = part;
    this.primary = installation.standing.schema.collections[part.collection]!.primary;
  }

  private items(knex: Knex): ItemsOfHost {
    const { host, standing } = this.installation;
    return new host.services.ItemsService(this.part.collection, { schema: standing.schema, knex });
  }

  /** Primary keys of standing rows that bear the key of one of ours. */
  async findByKey(): Promise<Map<string, Key>> {
    const columns = this.part.key ?? ['id'];
    const lead = columns[0]!;
    const values = [...new Set(this.part.rows.map((row) => row[lead] ?? null))];
    const filters = values.includes(null) ? [{}] : chunks(values).map((some) => ({ [lead]: { _in: some } }));
    const found = new Map<string, Key>();
    for (const filter of filters) {
      for (const row of await this.read(this.installation.host.database, columns, filter))
        found.set(keyOf(this.part, row), this.keyIn(row));
    }
    return found;
  }

  /** What stands now, projected on the columns we write. */
  async storedHashes(knex: Knex, keys: readonly Key[]): Promise<Map<Key, string>> {
    const columns = columnsOf(this.part);
    const hashes = new Map<Key, string>();
    for (const some of chunks([...new Set(keys)])) {
      for (const row of await this.read(knex, columns, { [this.primary]: { _in: some } }))
        hashes.set(this.keyIn(row), storedHash(columns, row));
    }
    return hashes;
  }

  private read(knex: Knex, columns: readonly string[], filter: object): Promise<Row[]> {
    return this.items(knex).readByQuery({ fields: [...new Set([this.primary, ...columns])], filter, limit: -1 }, { emitEvents: false });
  }

  private keyIn(row: Row): Key {
    return row[this.primary] as Key;
  }

  async insert(trx: Knex, rows: readonly Row[], memory: RememberedRows): Promise<void> {
    const keys = await this.items(trx).createMany(
      rows.map((row) => structuredClone(row)),
      { ...QUIET },
    );
    await this.remember(
      trx,
      rows.map((row, at) => [row, keys[at]!] as const),
      memory,
    );
  }

  async update(trx: Knex, rows: readonly (readonly [Row, Key])[], memory: RememberedRows): Promise<void> {
    for (const [row, pk] of rows) {
      const { [this.primary]: _own, ...values } = structuredClone(row);
      await this.items(trx).updateOne(pk, values, { ...QUIET });
    }
    await this.remember(trx, rows, memory);
  }

  async remove(trx: Knex, keys: Key[]): Promise<void> {
    await this.items(trx).deleteMany(keys, { ...QUIET });
  }

  private async remember(trx: Knex, rows: readonly (readonly [Row, Key])[], memory: RememberedRows): Promise<void> {
    const wanted = this.part.policy !== 'insert-missing';
    const hashes = wanted
      ? await this.storedHashes(
          trx,
          rows.map(([, pk]) => pk),
        )
      : new Map<Key, string>();
    for (const [row, pk] of rows) memory[keyOf(this.part, row)] = [pk, contentHash(row), hashes.get(pk) ?? ''];
  }
}

function chunks<T>(values: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < values.length; at += CHUNK) parts.push(values.slice(at, at + CHUNK));
  return parts;
}
