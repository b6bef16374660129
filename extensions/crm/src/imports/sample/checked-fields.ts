import { COLLECTIONS } from '../../kernel/collections.ts';
import type { Row } from '../../platform/api/host.ts';
import { openRows, sealedFieldsOf } from '../../privacy/index.ts';
import { mayReach, type Place } from '../../segments/index.ts';
import { rowsById, toPlainRow } from '../commit/columns.ts';
import type { StagedRow, Work } from '../commit/import-record.ts';
import { targetOf, type ImportKind } from '../rules/targets.ts';
import { IMPORT_ROWS, openPart, type StagedContent } from '../staging.ts';
import type { Reader } from '../undo/spared-rows.ts';
import { touchedBy, type Touched } from '../undo/touched.ts';
import { namesOfKeys } from '../undo/value-names.ts';

/** One field of a drawn row: what the file said, what was imported of it, and what stands now. Sealed values are masks. */
export interface CheckedField {
  collection: string;
  field: string;
  cell: unknown;
  /** The value as the import left it: by this the import is judged, whatever was repaired since. */
  imported: unknown;
  stored: unknown;
  /** Whether file and import say the same, compared in clear by the server. */
  same: boolean;
  /** Somebody has changed it since the import. */
  edited: boolean;
}

type Looking = Pick<Work, 'database' | 'ring' | 'schema' | 'subject'> & { kind: ImportKind };

interface DrawnLine {
  line: StagedRow;
  content: StagedContent | null;
  /** What the line did to rows, and, where it brings another contact only, what the first line did to the company. */
  touched: Touched[];
}

const TAGS = 'crm_customers_tags';
/** A sealed value that stands otherwise: that it differs is told, not what it was. */
const HIDDEN = '***';

/** What the file said of each line's rows, field by field beside what was imported and what stands (IMP-3). */
export async function checkedFields(looking: Looking, staged: readonly StagedRow[], reader: Reader): Promise<Map<string, CheckedField[]>> {
  const { database, subject, kind } = looking;
  const companies = staged.flatMap(({ company_line: first }) => first ?? []);
  const first: StagedRow[] = companies.length
    ? await database(IMPORT_ROWS)
        .where({ import: subject.item })
        .whereIn('line', [...new Set(companies)])
    : [];
  const firstOf = new Map(first.map((row) => [row.line, row]));
  const lines = staged.map((line): DrawnLine => {
    const content = openPart<StagedContent>(subject, line.id, 'content', line.content ?? '');
    const company = line.company_line === null ? undefined : firstOf.get(line.company_line);
    const ofCompany = company ? touchedBy(looking, company).filter(({ collection }) => collection !== 'crm_contacts') : [];
    return { line, content: content.accepted ? content.value : null, touched: [...ofCompany, ...touchedBy(looking, line)] };
  });
  const rows = await openedRows(
    looking,
    lines.flatMap(({ touched }) => touched),
    reader,
  );
  const named = await namesOfKeys(database, reader.actor, keysNamed(kind, lines, rows));
  return new Map(
    lines.map(({ line, content, touched }) => {
      if (!content) return [line.id, []];
      const said = Object.entries(content.values).flatMap(([collection, values]) => {
        const found = rows.of(touched, collection);
        return Object.entries(values).map(([field, value]) => valueField({ collection, field, value }, found));
      });
      const looked = content.lookups.flatMap((lookup) => lookupField(kind, lookup, touched, rows, named));
      return [line.id, [...said, ...looked].map((field) => withoutUnreadable(field, reader))];
    }),
  );
}

/** A row that a line touched: as imported, as it stands, and both opened; nothing where it is gone or somebody else's. */
interface Found {
  imported: Row | null;
  stored: Row | null;
  clear: { imported: Row | undefined; stored: Row | undefined };
}

async function openedRows({ database, ring, schema }: Looking, touched: readonly Touched[], { actor }: Reader) {
  const standing = new Map<string, Row>();
  const clear = { imported: new Map<Touched, Row>(), stored: new Map<string, Row>() };
  const away = new Set<string>();
  for (const [collection, of] of Map.groupBy(touched, (one) => one.collection)) {
    const stored = await rowsById(
      database,
      collection,
      of.map(({ item }) => item),
    );
    for (const [id, row] of stored)
      if (mayReach(actor, row as unknown as Place)) standing.set(id, toPlainRow(schema, collection, row));
      else away.add(id);
    if (!sealedFieldsOf(collection).length) continue;
    for (const [id, row] of await openRows(database, ring, collection, [...stored.values()])) clear.stored.set(id, row);
    // One row may have been touched by several lines, each with an image of its own.
    for (const turn of inTurns(of)) {
      const opened = await openRows(
        database,
        ring,
        collection,
        turn.map(({ after }) => after!),
      );
      for (const one of turn) clear.imported.set(one, opened.get(one.item)!);
    }
  }
  return {
    standing,
    /** Of what a line touched the row that it is about; the journal names it last. */
    of(own: readonly Touched[], collection: string): Found {
      const one = own.findLast((each) => each.collection === collection);
      if (!one || away.has(one.item)) return { imported: null, stored: null, clear: { imported: undefined, stored: undefined } };
      const stored = standing.get(one.item) ?? null;
      return { imported: one.after, stored, clear: { imported: clear.imported.get(one), stored: clear.stored.get(one.item) } };
    },
    seen: ({ item }: Touched) => !away.has(item),
  };
}

function inTurns(touched: readonly Touched[]): Touched[][] {
  const turns: Touched[][] = [];
  const count = new Map<string, number>();
  for (const one of touched) {
    if (!one.after) continue;
    const turn = count.get(one.item) ?? 0;
    count.set(one.item, turn + 1);
    (turns[turn] ??= []).push(one);
  }
  return turns;
}

function valueField({ collection, field, value }: { collection: string; field: string; value: unknown }, found: Found): CheckedField {
  const isSealed = sealedFieldsOf(collection).some((one) => one.field === field);
  const [imported, stored] = [found.imported?.[field] ?? null, found.stored?.[field] ?? null];
  const same = isSealed ? found.clear.imported?.[field] === value : isSameValue(value, imported);
  const edited = isSealed ? found.clear.imported?.[field] !== found.clear.stored?.[field] : !isSameValue(imported, stored);
  return { collection, field, cell: isSealed ? (same ? imported : HIDDEN) : value, imported, stored, same, edited };
}

/** A cell that names other rows: which the import has set, told by name, and whether these are the ones that it named (IMP-1). */
function lookupField(
  kind: ImportKind,
  { target, text, ids }: StagedContent['lookups'][number],
  touched: readonly Touched[],
  rows: Awaited<ReturnType<typeof openedRows>>,
  named: ReadonlyMap<string, string>,
): CheckedField[] {
  const found = targetOf(kind, target);
  if (!found) return [];
  const { collection, field } = found;
  const called = (keys: readonly unknown[]) => keys.map((key) => named.get(String(key)) ?? String(key)).join('、') || null;
  if (collection === TAGS) {
    const tags = touched.filter((one) => one.collection === TAGS && ids.includes(String(one.after?.['tag'])) && rows.seen(one));
    const [imported, stored] = [tags.map(({ after }) => after!['tag']), tags.flatMap(({ item }) => rows.standing.get(item)?.['tag'] ?? [])];
    // Tags that the customer had already are not the import's.
    return [
      {
        collection,
        field,
        cell: text,
        imported: called(imported),
        stored: called(stored),
        same: true,
        edited: imported.length !== stored.length,
      },
    ];
  }
  const row = rows.of(touched, collection);
  const [imported, stored] = [row.imported?.[field] ?? null, row.stored?.[field] ?? null];
  const list = (key: unknown) => called(key === null ? [] : [key]);
  return [
    {
      collection,
      field,
      cell: text,
      imported: list(imported),
      stored: list(stored),
      same: imported === ids[0],
      edited: imported !== stored,
    },
  ];
}

/** The rows that images and rows name where cells do, by collection. */
function keysNamed(kind: ImportKind, lines: readonly DrawnLine[], rows: Awaited<ReturnType<typeof openedRows>>): Map<string, Set<string>> {
  const keys = lines.flatMap(({ content, touched }) =>
    (content?.lookups ?? []).flatMap(({ target }) => {
      const found = targetOf(kind, target);
      const to = found && COLLECTIONS[found.collection]?.fields[found.field]?.relation?.to;
      if (!to) return [];
      const own = touched.filter(({ collection }) => collection === found.collection);
      const named = own.flatMap(({ after, item }) => [after?.[found.field], rows.standing.get(item)?.[found.field]]);
      return named.flatMap((key) => (typeof key === 'string' ? [{ to, key }] : []));
    }),
  );
  const asked = Map.groupBy(keys, ({ to }) => to);
  return new Map([...asked].map(([to, of]) => [to, new Set(of.map(({ key }) => key))]));
}

const isSameValue = (one: unknown, other: unknown): boolean =>
  typeof other === 'number' ? Number(one) === other : JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Of a field that the reader may not read, whether it is right is told, not what it says. */
function withoutUnreadable(field: CheckedField, { readable }: Reader): CheckedField {
  const allowed = readable(field.collection, 'read');
  return !allowed || allowed.has(field.field) ? field : { ...field, cell: HIDDEN, imported: HIDDEN, stored: HIDDEN };
}
