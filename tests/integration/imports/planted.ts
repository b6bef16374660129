import { createHash, randomUUID } from 'node:crypto';
import type { Row } from '../../../extensions/crm/src/platform/api/host.ts';
import { guessMapping } from '../../../extensions/crm/src/imports/rules/guess-mapping.ts';
import { judgeRow, type Match } from '../../../extensions/crm/src/imports/rules/judge-row.ts';
import { rowReader } from '../../../extensions/crm/src/imports/rules/read-row.ts';
import { ROOT } from '../../../extensions/crm/src/imports/rules/row-key.ts';
import type { ImportKind } from '../../../extensions/crm/src/imports/rules/targets.ts';
import { splitTags } from '../../../extensions/crm/src/imports/rules/lookup.ts';
import { IMPORT_ROWS, IMPORTS, stageLine } from '../../../extensions/crm/src/imports/staging.ts';
import { newSubject, SUBJECT_KEYS } from '../../../extensions/crm/src/privacy/index.ts';
import { fieldWords } from '../../../schema-snapshots/words.ts';
import type { PersonName, World } from '../access/world.ts';
import { ringOf } from '../sealing/open-sealed.ts';

/** One line of a file: its cells by heading, and what the dry run found for it. */
export interface Line {
  cells: Record<string, string>;
  /** The row that it updates; absent for a new one. */
  updates?: string | undefined;
  suspects?: Match[];
  /** The earlier line whose company it brings another contact of. */
  joins?: number;
  /** The earlier line that says the very same. */
  repeats?: number;
  /** What the rules would never have let through, to see what the database says. */
  spoilt?: Row;
  /** The dry run found a fault in it. */
  faulty?: boolean;
}

export interface Plan {
  kind: ImportKind;
  who: PersonName;
  segment: string;
  /** What the cells that name other rows mean. */
  names?: ReadonlyMap<string, string>;
  lines: readonly Line[];
}

const CHUNK = 200;

/** An import as it stands after its dry run, planted past the host; its id. */
export async function plantImport({ host, id: people }: World, { kind, who, segment, names = new Map(), lines }: Plan): Promise<string> {
  const { database } = host;
  const [id, ring, now] = [randomUUID(), ringOf(), new Date()];
  const { subject, row: key } = newSubject(ring, IMPORTS, id, now);
  const headers = [...new Set(lines.flatMap(({ cells }) => Object.keys(cells)))];
  const read = rowReader({ kind, plan: guessMapping(kind, headers, fieldWords()), words: fieldWords(), now, timeZone: 'Asia/Shanghai' });
  const staged = lines.map(({ cells, updates, suspects = [], spoilt, joins, repeats, faulty = false }, at): Row => {
    const line = at + 2;
    const row = read({ line, cells: headers.map((header) => cells[header] ?? '') });
    for (const lookup of row.lookups) {
      const texts = lookup.target.role === 'tags' ? splitTags(lookup.text, () => false) : [lookup.text];
      lookup.ids = texts.flatMap((text) => names.get(text) ?? []);
    }
    if (spoilt) Object.assign(row.values[ROOT[kind]]!, spoilt);
    if (faulty) row.faults.push({ column: 0, target: null, reason: 'damaged_text' });
    if (row.faults.length && !faulty) throw new Error(`line ${line}: ${JSON.stringify(row.faults)}`);
    const matches: Match[] = updates ? [{ id: updates, by: kind === 'orders' ? 'number' : 'uscc', name: 'x' }] : suspects;
    const [over] = matches;
    const earlier = repeats
      ? ({ line: repeats, says: 'same' } as const)
      : joins
        ? ({ line: joins, says: 'contact', over: over ?? null } as const)
        : null;
    const verdict = judgeRow({ line, faults: row.faults, matches, earlier });
    return stageLine(ring, subject, { kind, segment }, { read: row, cells: Object.values(cells), verdict });
  });
  await database(SUBJECT_KEYS).insert(key);
  const count = (verdict: string) => staged.filter((row) => row['verdict'] === verdict).length;
  await database(IMPORTS).insert({
    id,
    file_name: `${kind}.csv`,
    kind,
    status: 'checked',
    file_hash: createHash('sha256').update(id).digest('hex'),
    rows_total: staged.length,
    rows_new: count('new'),
    rows_updated: count('update'),
    rows_suspect: count('suspect'),
    rows_faulty: count('error'),
    segment,
    owner: people[who],
    user_created: people[who],
    date_created: now,
  });
  for (let at = 0; at < staged.length; at += CHUNK) await database(IMPORT_ROWS).insert(staged.slice(at, at + CHUNK));
  return id;
}

/** Commits as somebody and waits for the end. */
export async function committed(world: World, id: string, who: PersonName, options: object = {}): Promise<Row> {
  const answer = await world.as[who].request<Row>('POST', `/crm/imports/${id}/commit`, options);
  if (answer.status !== 200 && answer.status !== 202) throw new Error(`commit: ${answer.status} ${answer.text}`);
  return ended(world, id);
}

/** The import once nothing works on it any more. */
export async function ended(world: World, id: string, seconds = 240): Promise<Row & { status: string }> {
  for (const until = Date.now() + seconds * 1000; Date.now() < until;) {
    // Through the host: SQLite shuts other connections out while it writes.
    const { data: row } = (await world.root.request('GET', `/items/${IMPORTS}/${id}`)).body;
    if (!['importing', 'undoing'].includes(row.status)) return row;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`import ${id} does not end:\n${world.host.logs().slice(-4000)}`);
}
