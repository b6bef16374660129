import { Readable } from 'node:stream';
import { GROUP_COMPANY_ID, ROLE_IDS } from '../../extensions/crm/src/kernel/roles.ts';
import type { Knex, Row, SchemaOverview } from '../../extensions/crm/src/platform/api/host.ts';
import type { Keyring } from '../../extensions/crm/src/platform/api/keyring.ts';
import { sealRow, SUBJECT_KEYS } from '../../extensions/crm/src/privacy/index.ts';
import type { DemoPlan, FileDraft, Person } from './plan/index.ts';
import { segmentId } from './plan/group.ts';
import { instantAt } from './workdays.ts';

/** SQLite takes at most 32,766 values and 500 rows in one statement; our widest row has about thirty columns. */
const CHUNK = 400;

/** Turns the plan's texts into what the host itself would have stored: its `date` is midnight of the process on SQLite. */
function toColumns(schema: SchemaOverview, database: Knex, collection: string, row: Row): Row {
  const fields = schema.collections[collection]?.fields ?? {};
  const isSqlite = String(database.client.config.client).startsWith('sqlite');
  const store = (type: string | undefined, value: unknown) => {
    if (type === 'json' && value !== null) return JSON.stringify(value);
    if (typeof value !== 'string') return value;
    if (type === 'timestamp' || type === 'dateTime') return new Date(value);
    return type === 'date' && isSqlite ? new Date(`${value}T00:00:00`) : value;
  };
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, store(fields[column]?.type, value)]));
}

/** Rows with fixed ids; those that stand already stay as they are, so an interrupted start is simply done again. */
export async function writeRows(trx: Knex, schema: SchemaOverview, collection: string, rows: readonly Row[]): Promise<number> {
  // One statement names the same columns for each of its rows.
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const even = rows.map((row) =>
    toColumns(schema, trx, collection, Object.fromEntries(columns.map((column) => [column, row[column] ?? null]))),
  );
  for (let at = 0; at < even.length; at += CHUNK) {
    await trx(collection)
      .insert(even.slice(at, at + CHUNK))
      .onConflict('id')
      .ignore();
  }
  return even.length;
}

/** Rows with personal data: sealed on the way in like every other write, with the keys of their subjects beside them (SEC-1). */
export async function writeSealed(
  trx: Knex,
  schema: SchemaOverview,
  collection: string,
  rows: readonly Row[],
  { ring, now }: { ring: Keyring; now: Date },
): Promise<number> {
  const sealed = rows.map((row) => sealRow(ring, collection, row, now));
  const keys = sealed.flatMap(({ key }) => (key ? [key] : []));
  for (let at = 0; at < keys.length; at += CHUNK)
    await trx(SUBJECT_KEYS)
      .insert(keys.slice(at, at + CHUNK))
      .onConflict('id')
      .ignore();
  return writeRows(
    trx,
    schema,
    collection,
    sealed.map(({ row }) => row),
  );
}

/** The demo's own names over those of rows that every installation has: the group's company and the pool. */
export async function nameGroup(trx: Knex, schema: SchemaOverview, collection: string, rows: readonly Row[]): Promise<number> {
  await writeRows(trx, schema, collection, rows);
  for (const { id, ...row } of rows)
    await trx(collection)
      .where({ id: id as string })
      .update(row);
  return rows.length;
}

export interface StaffDetails {
  passwordHash: string;
  startPages: ReadonlyMap<string, string>;
}

export function toUserRow(person: Person, { passwordHash, startPages }: StaffDetails): Row {
  return {
    id: person.id,
    // The whole name: the host would put the family name last and show two dashes for an empty one.
    first_name: person.name,
    email: person.email,
    password: passwordHash,
    title: person.position,
    language: 'zh-CN',
    role: ROLE_IDS[person.role],
    status: person.status,
    provider: 'default',
    email_notifications: false,
    last_access: person.lastAccess,
    last_page: startPages.get(person.role) ?? null,
    crm_segment: segmentId(person.segment),
    crm_company: person.company,
    crm_team: person.team,
    crm_employee_no: person.employeeNo,
    crm_position: person.position,
  };
}

/** Leaders of teams and the one project owner of each company (ORG-9): known only once the people stand. */
export async function nameLeaders(trx: Knex, { staff, rows }: DemoPlan): Promise<void> {
  for (const team of rows.get('crm_teams') ?? []) {
    const leader = staff.find((person) => person.team === team['id'] && person.status === 'active');
    await trx('crm_teams')
      .where({ id: team['id'] as string })
      .update({ leader: leader?.id ?? null });
  }
  for (const company of rows.get('crm_companies') ?? []) {
    const role = company['id'] === GROUP_COMPANY_ID ? 'group_executive' : 'segment_head';
    const owner = staff.find((person) => person.company === company['id'] && person.role === role);
    await trx('crm_companies')
      .where({ id: company['id'] as string })
      .update({ project_owner: owner?.id ?? null });
  }
}

interface FileStore {
  uploadOne(stream: Readable, data: Row, key?: string, options?: object): Promise<unknown>;
}

/** Stores the small papers of the demo through the host, so that they lie wherever its storage is. */
export async function writeFiles(trx: Knex, store: FileStore, files: readonly FileDraft[], today: string): Promise<number> {
  const uploaded = instantAt(today, 0).toISOString();
  for (const { content, id, owner, segment, ...data } of files) {
    const stands = await trx('directus_files').where({ id }).first('id');
    if (stands) continue;
    await store.uploadOne(Readable.from([Buffer.from(content)]), { ...data, id, storage: 'local' }, undefined, { emitEvents: false });
    await trx('directus_files')
      .where({ id })
      .update({ owner, segment, uploaded_by: owner, uploaded_on: new Date(uploaded) });
  }
  return files.length;
}
