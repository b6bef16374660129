import type { Actor } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { Keyring } from '../../platform/api/keyring.ts';
import { say } from '../../platform/api/say.ts';
import { findSubject } from '../../privacy/index.ts';
import { COLUMN_TEXTS } from '../locale/column-texts.ts';
import { faultText } from '../refuse.ts';
import { columnName } from '../rules/cell-text.ts';
import { sampleSize } from '../rules/draw-sample.ts';
import type { ColumnPlan } from '../rules/guess-mapping.ts';
import { NEEDED } from '../rules/read-row.ts';
import { isHopeless } from '../rules/reading-fault.ts';
import { undoUntil, whatIsAllowed } from '../rules/standing.ts';
import { targetLabel } from '../rules/template.ts';
import { TARGETS, type ImportKind } from '../rules/targets.ts';
import type { Words } from '../rules/words.ts';
import { FRESH, hasEnded, isCleared, readingOf, type ImportRow, type Reading } from '../store/import-row.ts';
import { WRITTEN } from '../commit/import-record.ts';
import { drawnStates } from '../sample/draw.ts';
import { IMPORT_ROWS, IMPORTS } from '../staging.ts';
import { isClear, shownHeader } from './row-view.ts';
import { visibleImports } from './visible-imports.ts';

export interface ViewPorts {
  database: Knex;
  ring: Keyring;
  clock: Clock;
  words: Words;
}

const moment = (value: Date | string | number | null): Date | null => (value === null ? null : new Date(value));

/** What the history says of an import; headings and file are not opened for it. */
export async function importLines({ database, clock }: Omit<ViewPorts, 'ring' | 'words'>, actor: Actor, rows: readonly ImportRow[]) {
  const people = await namesOf(
    database,
    'directus_users',
    rows.map(({ owner }) => owner),
  );
  const segments = await namesOf(
    database,
    'crm_segments',
    rows.map(({ segment }) => segment),
  );
  const written = await writtenLines(
    database,
    rows.filter(({ sample_percent }) => sample_percent !== null),
  );
  return rows.map((row) => {
    const standing = {
      ...row,
      // Lines that are known already count as done too, once they were looked at.
      ready: row.rows_new + row.rows_updated + row.rows_suspect - Math.max(0, row.rows_done - row.rows_known),
      done: row.rows_done,
      finished: moment(row.finished_at),
      cleared: isCleared(row),
    };
    return {
      id: row.id,
      kind: row.kind,
      status: row.status,
      file_name: row.file_name,
      file_bytes: Number(row.file_bytes),
      date_created: moment(row.date_created),
      segment: { id: row.segment, ...segments.get(row.segment) },
      owner: { id: row.owner, ...people.get(row.owner) },
      mine: row.owner === actor.user,
      unread: row.status === 'uploaded' && hasEnded(row),
      counts: {
        total: row.rows_total,
        new: row.rows_new,
        update: row.rows_updated,
        known: row.rows_known,
        suspect: row.rows_suspect,
        error: row.rows_faulty,
        done: row.rows_done,
      },
      sample: {
        state: row.sample_state,
        percent: row.sample_percent === null ? null : Number(row.sample_percent),
        size: row.sample_percent === null ? null : sampleSize(written(row), Number(row.sample_percent)),
        seed: row.sample_seed,
        errors: row.sample_errors,
      },
      undo_until: undoUntil(standing),
      cleared: standing.cleared,
      can: whatIsAllowed(standing, actor, clock.now()),
    };
  });
}

/** How many lines of some imports their samples are drawn from: not those that could be imported still. */
async function writtenLines(database: Knex, rows: readonly ImportRow[]): Promise<(row: ImportRow) => number> {
  if (!rows.length) return () => 0;
  const ids = rows.map(({ id }) => id);
  const counted: { import: string; state: string; lines: unknown }[] = await database(IMPORT_ROWS)
    .whereIn('import', ids)
    .whereIn('verdict', [...WRITTEN])
    .groupBy('import', 'state')
    .select('import', 'state')
    .count({ lines: '*' });
  return (row) =>
    counted
      .filter((one) => one.import === row.id && drawnStates(row).includes(one.state))
      .reduce((sum, { lines }) => sum + Number(lines), 0);
}

/** Everything that a person is told of one import: how it is read, what becomes of it, what can be done next. */
export async function importView(ports: ViewPorts, actor: Actor, row: ImportRow) {
  const { database, ring, words } = ports;
  const { language } = actor;
  const short = language === 'zh-CN' ? 'zh' : 'en';
  const [line] = await importLines(ports, actor, [row]);
  const subject = await findSubject(database, ring, { collection: IMPORTS, item: row.id });
  const reading = subject.accepted ? readingOf(row, subject.value) : FRESH;
  const fault = line!.unread ? (reading.fault ?? { reason: 'file_gone' as const }) : null;
  const final = fault !== null && isHopeless(reading.found, fault);
  return {
    ...line!,
    can: { ...line!.can, change: line!.can.change && !final },
    reading: readingView(reading, isClear(row, actor)),
    refusal: fault && { reason: fault.reason, message: faultText(fault, language), final },
    columns: (reading.found?.plan ?? []).map((column) => columnView(column, language, isClear(row, actor))),
    targets: TARGETS[row.kind].map((target) => ({
      key: target.key,
      label: targetLabel(target, words, short),
      needed: isNeeded(row.kind, target.key),
    })),
    repeats: await earlierOf(database, actor, row, reading),
  };
}

export type ImportView = Awaited<ReturnType<typeof importView>>;

export const isNeeded = (kind: ImportKind, key: string): boolean => NEEDED[kind].includes(key);

/** Names of sheets come from the file as headings do. */
function readingView({ found, choice }: Reading, clear: boolean) {
  const named = <Told extends { sheet?: string }>(told: Told): Told =>
    told.sheet === undefined ? told : { ...told, sheet: shownHeader(told.sheet, clear) };
  if (!found) return { ...named(choice), type: null, sheets: [], certain: false };
  const { plan: _plan, sheets = [], ...rest } = found;
  return { ...named(rest), sheets: sheets.map(({ name, hidden }) => ({ name: shownHeader(name, clear), hidden })) };
}

function columnView(column: ColumnPlan, language: Actor['language'], clear: boolean) {
  const shown = { column: column.column, name: columnName(column.column), header: shownHeader(column.header, clear) };
  if ('target' in column) return { ...shown, target: column.target, ignored: null, note: null };
  const { ignored, other } = column;
  const note = say(COLUMN_TEXTS[ignored], language, { other: other === undefined ? '' : columnName(other) });
  return { ...shown, target: null, ignored, note };
}

/** The last import of the very same file that the caller sees. */
async function earlierOf(
  database: Knex,
  actor: Actor,
  { id, file_hash, kind, segment, date_created }: ImportRow,
  { fingerprints }: Reading,
) {
  const row: Pick<ImportRow, 'id' | 'date_created' | 'status'> | undefined = await visibleImports(database, actor)
    .where({ kind, segment })
    .whereIn('file_hash', [file_hash, ...fingerprints])
    .whereNot({ id })
    .andWhere('date_created', '<=', new Date(date_created))
    .orderBy('date_created', 'desc')
    .first('id', 'date_created', 'status');
  return row ? { id: row.id, status: row.status, date_created: moment(row.date_created) } : null;
}

async function namesOf(database: Knex, table: 'directus_users' | 'crm_segments', ids: readonly string[]) {
  const isPeople = table === 'directus_users';
  const rows: Record<string, string | null>[] = await database(table)
    .whereIn('id', [...new Set(ids)])
    .select(isPeople ? ['id', 'first_name', 'last_name'] : ['id', 'code', 'name']);
  return new Map(
    rows.map((row) => [
      row['id']!,
      isPeople ? { name: [row['first_name'], row['last_name']].filter(Boolean).join(' ') } : { code: row['code'], name: row['name'] },
    ]),
  );
}
