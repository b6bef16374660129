import type { Language } from '../platform/api/actor.ts';
import type { Knex, Row, SchemaOverview } from '../platform/api/host.ts';
import { COLLECTIONS_META, FIELDS } from './descriptions.ts';
import { LOG_INS } from './log-ins.ts';
import { LOGGED } from './row-log.ts';

/** What a collection and its fields are called, for readers of the log who may read neither. */
export type Labels = Record<string, { name: string; fields: Record<string, string>; choices: Record<string, Record<string, string>> }>;

interface Labelled {
  collection: string;
  field?: string;
  translations: unknown;
  options?: unknown;
}

interface Choice {
  value: unknown;
  text: string;
}

const parsed = <T>(value: unknown): T | null => (typeof value === 'string' ? (JSON.parse(value) as T) : (value as T | null));

function inLanguage(translations: unknown, language: Language): string | null {
  const list = parsed<{ language: string; translation: string }[]>(translations);
  return list?.find((one) => one.language === language)?.translation ?? null;
}

/** Texts of choices are references to stored translations; see schema-snapshots/translations.ts. */
const REFERENCE = '$t:';

async function choicesOf(
  database: Knex,
  fields: readonly Labelled[],
  language: Language,
): Promise<(options: unknown) => Record<string, string>> {
  const choicesIn = (options: unknown) => parsed<{ choices?: Choice[] }>(options)?.choices ?? [];
  const keys = fields.flatMap(({ options }) =>
    choicesIn(options).flatMap(({ text }) => (text.startsWith(REFERENCE) ? [text.slice(REFERENCE.length)] : [])),
  );
  const rows: { key: string; value: string }[] = keys.length
    ? await database('directus_translations').where({ language }).whereIn('key', keys).select('key', 'value')
    : [];
  const said = new Map(rows.map(({ key, value }) => [`${REFERENCE}${key}`, value]));
  return (options) => Object.fromEntries(choicesIn(options).map(({ value, text }) => [String(value), said.get(text) ?? text]));
}

/**
 * The labels that the Studio shows: of everything that is logged, with the fields of the collections `shown`. What has none
 * (the host's own) is called by its name, and the reader's Studio may know better.
 */
export async function labelsOf(database: Knex, shown: readonly string[], language: Language): Promise<Labels> {
  const labels: Labels = Object.fromEntries(
    [...LOGGED, COLLECTIONS_META, FIELDS, LOG_INS].map((collection) => [collection, { name: collection, fields: {}, choices: {} }]),
  );
  const named: Labelled[] = await database('directus_collections').whereIn('collection', LOGGED).select('collection', 'translations');
  const fields: Labelled[] = await database('directus_fields')
    .whereIn('collection', shown)
    .select('collection', 'field', 'translations', 'options');
  const toChoices = await choicesOf(database, fields, language);
  for (const { collection, translations } of named) {
    const name = inLanguage(translations, language);
    if (name) labels[collection]!.name = name;
  }
  for (const { collection, field, translations, options } of fields) {
    const label = labels[collection];
    const name = inLanguage(translations, language);
    if (!label || !name) continue;
    label.fields[field!] = name;
    const choices = toChoices(options);
    if (Object.keys(choices).length) label.choices[field!] = choices;
  }
  return labels;
}

/** Rows whose names say more than their ids, and are no customer's data. */
const NAMED = {
  directus_users: ['first_name', 'last_name'],
  directus_roles: ['name'],
  directus_policies: ['name'],
  crm_segments: ['code'],
} as const;

/** The names of people, roles, policies and segments that entries mention, as far as they still exist, by id. */
export async function namesIn(database: Knex, entries: readonly Row[], schema: SchemaOverview): Promise<Record<string, string>> {
  const wanted = new Map<string, Set<string>>(Object.keys(NAMED).map((collection) => [collection, new Set()]));
  const add = (collection: string | null, value: unknown) => {
    if (collection && typeof value === 'string') wanted.get(collection)?.add(value);
  };
  for (const entry of entries) {
    for (const column of ['user', 'acting_for']) add('directus_users', entry[column]);
    // The row of a log-in is the person.
    add(entry['collection'] === LOG_INS ? 'directus_users' : String(entry['collection']), entry['item']);
    for (const { collection, field, related_collection: to } of schema.relations) {
      if (collection !== entry['collection']) continue;
      for (const image of [entry['before'], entry['after']]) add(to, (image as Row | null)?.[field]);
    }
  }
  const names: Record<string, string> = {};
  for (const [collection, columns] of Object.entries(NAMED)) {
    const ids = [...wanted.get(collection)!];
    if (!ids.length) continue;
    const rows: Row[] = await database(collection)
      .whereIn('id', ids)
      .select('id', ...columns);
    for (const row of rows) {
      const name = columns
        .map((column) => row[column])
        .filter(Boolean)
        .join(' ');
      if (name) names[String(row['id'])] = name;
    }
  }
  return names;
}

/** Ids of people whose name (or address, for those who may know addresses) contains what was typed. At most a hundred. */
export async function peopleCalled(database: Knex, text: string, byAddress: boolean): Promise<string[]> {
  const like = `%${text.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return database('directus_users')
    .whereRaw(`lower(coalesce(first_name, '') || ' ' || coalesce(last_name, '')) like ? escape '\\'`, [like])
    .orWhereRaw(`lower(coalesce(last_name, '') || coalesce(first_name, '')) like ? escape '\\'`, [like])
    .orWhereRaw(`? = 1 and lower(email) like ? escape '\\'`, [byAddress ? 1 : 0, like])
    .orderBy('id')
    .limit(100)
    .pluck('id');
}
