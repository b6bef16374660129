import { randomBytes } from 'node:crypto';
import { COLLECTIONS, type FieldInfo } from '../../extensions/crm/src/kernel/collections.ts';
import type { Beside, ProbeRow } from '../../extensions/crm/src/guard/certify/probe.ts';
import type { Asker } from './ask.ts';

/** A row to probe, and whether this run made it and will remove it. */
export interface Planted extends ProbeRow {
  ours: boolean;
}

export interface Place {
  segment: string;
  owner: string;
}

/** Words that no real row contains. */
const canary = () => `证书探针${randomBytes(6).toString('hex')}`;

const PLAIN_WORDS = new Set(['name', 'title', 'subject', 'notes', 'number', 'description', 'company_name', 'short_name', 'key', 'code']);

interface Plot {
  place: Place;
  rows: ReadonlyMap<string, string>;
  anyOf: (collection: string) => Promise<string | null>;
}

async function valueOf(name: string, field: FieldInfo, { place, rows, anyOf }: Plot): Promise<unknown> {
  const { relation, type, choices } = field;
  if (relation) {
    if (relation.to === 'directus_users') return place.owner;
    return rows.get(relation.to) ?? (await anyOf(relation.to));
  }
  if (choices?.length) return choices[0];
  const now = new Date().toISOString();
  if (name === 'period') return now.slice(0, 7);
  const plain: Partial<Record<FieldInfo['type'], unknown>> = {
    integer: 1,
    decimal: 1,
    boolean: name === 'active',
    date: now.slice(0, 10),
    timestamp: now,
    json: [],
  };
  return type in plain ? plain[type] : canary().slice(0, field.length ?? 64);
}

/** What the instance said to a row of ours, in short. */
const reasonIn = (text: string) => (/"message":"([^"]{1,120})/.exec(text)?.[1] ?? text).slice(0, 120);

/** The least that a row of `collection` needs, with recognisable words in it. */
async function payloadOf(collection: string, plot: Plot): Promise<Record<string, unknown>> {
  const { fields, parents } = COLLECTIONS[collection]!;
  const payload: Record<string, unknown> = {};
  const parent = parents.find((field) => plot.rows.has(fields[field]!.relation!.to));
  if (parent) payload[parent] = plot.rows.get(fields[parent]!.relation!.to);
  for (const [name, field] of Object.entries(fields)) {
    if (name === 'id' || field.computed || name in payload || parents.includes(name)) continue;
    if (name === 'segment' || name === 'owner') payload[name] = plot.place[name];
    else if (field.notNull || (PLAIN_WORDS.has(name) && !field.choices && !field.relation))
      payload[name] = await valueOf(name, field, plot);
  }
  return payload;
}

const wordsIn = (payload: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(payload).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].startsWith('证书')),
  );

const NOT_ASKED = { status: 0, id: null, text: 'nobody may make and remove one' };

/** Makes one row of every collection in `names` at `place`, each hanging on the ones before it. */
export async function plant(
  admin: Asker,
  { names, mayPlant }: { names: readonly string[]; mayPlant: (collection: string) => boolean },
  place: Place,
  file: string | null,
): Promise<{ rows: Planted[]; skipped: string[] }> {
  const ids = new Map<string, string>(file ? [['directus_files', file]] : []);
  const known = new Map<string, string | null>();
  const anyOf = async (collection: string): Promise<string | null> => {
    if (!known.has(collection))
      known.set(
        collection,
        (await admin.get<{ id: string }[]>(`/items/${collection}?limit=1&fields=id&sort=id`).catch(() => []))[0]?.id ?? null,
      );
    return known.get(collection) ?? null;
  };
  const rows: Planted[] = [];
  const skipped: string[] = [];
  for (const collection of names) {
    const payload = await payloadOf(collection, { place, rows: ids, anyOf });
    const made = mayPlant(collection) ? await admin.send('POST', `/items/${collection}`, payload) : NOT_ASKED;
    if (made.id) {
      ids.set(collection, made.id);
      rows.push({ collection, id: made.id, values: wordsIn(payload), links: [], beside: [], ours: true });
      continue;
    }
    const standing = await standingRow(admin, collection, place);
    if (standing) rows.push(standing);
    skipped.push(
      `${collection}: no row of its own (${reasonIn(made.text)}), ${standing ? 'a standing one is read and not deleted' : 'not examined'}`,
    );
  }
  return { rows: rows.map((row) => ({ ...row, links: linksTo(row, rows) })), skipped };
}

async function standingRow(admin: Asker, collection: string, place: Place): Promise<Planted | null> {
  const { fields } = COLLECTIONS[collection]!;
  const filter = fields['owner']
    ? `&filter[owner][_eq]=${place.owner}`
    : fields['segment']?.notNull
      ? `&filter[segment][_eq]=${place.segment}`
      : '';
  const [row] = await admin.get<{ id: string }[]>(`/items/${collection}?limit=1&fields=id&sort=id${filter}`).catch(() => []);
  return row ? { collection, id: row.id, values: {}, links: [], beside: [], ours: false } : null;
}

/** Rows of this run that hold the id of `row` in a relation of the model. */
function linksTo(row: Planted, rows: readonly Planted[]): ProbeRow['links'] {
  return rows.flatMap((other) => {
    const { fields, parents } = COLLECTIONS[other.collection]!;
    const field = other.ours
      ? parents.find((name) => rows.some((parent) => parent.ours && parent.collection === fields[name]!.relation!.to))
      : undefined;
    return field && fields[field]!.relation!.to === row.collection && row.ours
      ? [{ collection: other.collection, field, id: other.id }]
      : [];
  });
}

/** Uploads a small file; it belongs to whoever uploads it. */
export async function plantFile(admin: Asker): Promise<ProbeRow | null> {
  const title = canary();
  const form = new FormData();
  form.set('title', title);
  form.set('file', new Blob([title], { type: 'text/plain' }), `${title}.txt`);
  const made = await admin.send('POST', '/files', form);
  return made.id ? { collection: 'directus_files', id: made.id, values: { title }, links: [], beside: [] } : null;
}

/** Removes what was planted, children first; returns the collections in which something stayed. */
export async function uproot(admin: Asker, rows: readonly Planted[], file: string | null): Promise<string[]> {
  const left: string[] = [];
  for (const row of [...rows].reverse()) {
    if (!row.ours) continue;
    const gone = await admin.send('DELETE', `/items/${row.collection}/${row.id}`);
    if (gone.status >= 300) left.push(row.collection);
  }
  if (file && (await admin.send('DELETE', `/files/${file}`)).status >= 300) left.push('directus_files');
  return left;
}

/** Lets the technical administrator write beside each planted row, so that it can be shown that nobody else sees it. */
export async function plantBeside(technical: Asker, rows: readonly Planted[]): Promise<{ rows: Planted[]; notes: string[] }> {
  const { id: recipient } = await technical.get<{ id: string }>('/users/me?fields=id');
  const notes: string[] = [];
  const marked: Planted[] = [];
  for (const row of rows) {
    const item = { collection: row.collection, item: row.id };
    const kinds = [
      ['comments', { ...item, comment: canary() }],
      ['shares', { ...item, name: canary() }],
      ['notifications', { ...item, recipient, subject: canary() }],
    ] as const;
    const beside: Beside[] = row.ours ? ['activity', 'revisions'] : [];
    for (const [kind, body] of row.ours ? kinds : []) {
      const made = await technical.send('POST', `/${kind}`, body);
      if (!made.id) continue;
      beside.push(kind);
      notes.push(`/${kind}/${made.id}`);
    }
    marked.push({ ...row, beside });
  }
  return { rows: marked, notes };
}
