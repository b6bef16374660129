import { withoutEscapes } from '../../kernel/text/graphql-escapes.ts';

type Body = Record<string, unknown>;
const isRecord = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Body[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** Operations of flows that write rows; they may run without events and with all rights. */
const WRITING = new Set(['item-create', 'item-update', 'item-delete']);

/**
 * Whether an operation of a flow could write the log: by its name, or by a name that only a run makes known. Such a run may
 * leave out all events, so it is stopped where it is set up.
 */
export function operationTouchesLog(operation: Body, current: Body, isLog: (collection: string) => boolean): boolean {
  const type = operation['type'] ?? current['type'];
  if (typeof type === 'string' && !WRITING.has(type)) return false;
  const options = operation['options'] ?? current['options'];
  const parsed: unknown = typeof options === 'string' ? safeParse(options) : options;
  const collection = isRecord(parsed) ? parsed['collection'] : undefined;
  if (typeof collection !== 'string') return collection !== undefined;
  return isLog(collection.trim()) || collection.includes('{{');
}

function safeParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The collections that a link to several may point at; rows of these can be written through it. */
const allowedBy = ({ meta }: Body): unknown[] => (isRecord(meta) ? [meta['one_allowed_collections']].flat() : []);

/**
 * Whether a relation has the log at either end: a foreign key there could delete entries or keep them from being purged, and
 * through a link to several collections a flow without events and without anybody's rights could write them.
 */
export const relationTouchesLog = (relation: unknown, isLog: (collection: string) => boolean): boolean =>
  isRecord(relation) &&
  [relation['collection'], relation['related_collection'], ...allowedBy(relation)].some((name) => typeof name === 'string' && isLog(name));

/** Whether a `/schema/apply` body adds anything to the log. */
export function schemaTouchesLog(body: unknown, isLog: (collection: string) => boolean): boolean {
  const diff = isRecord(body) && isRecord(body['diff']) ? body['diff'] : null;
  if (!diff) return false;
  // A change of one value of a relation may name the log anywhere inside.
  if (namesIn(diff['relations']).some(isLog)) return true;
  const entries = ['collections', 'fields', 'systemFields'].flatMap((name) => listOf(diff[name]));
  // What the host makes of an entry stands in its difference, whatever the entry says of itself.
  const made = entries.flatMap((entry) => listOf(entry['diff']).map((part) => part['rhs']));
  return [...entries, ...made].some((entry) => relationTouchesLog(entry, isLog));
}

/** Every text in a value, at any depth. */
function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(namesIn) : [];
}

/** GraphQL of the host's system scope that no event announces. */
const SYSTEM_FIELDS = /\b(?:(?:create|update|delete)_relations_item|utils_sort)\b/;

/** Whether a request sorts rows of a logged collection; the name of one in a variable counts too. */
export function graphqlSorts(text: string, variables: unknown, isLogged: (collection: string) => boolean): boolean {
  if (!/\butils_sort\b/.test(text)) return false;
  const names = withoutEscapes(`${text} ${JSON.stringify(variables ?? '')}`).match(/[a-z_]+/g) ?? [];
  return names.some(isLogged);
}

export const graphqlTouchesLog = (text: string, variables: unknown): boolean =>
  SYSTEM_FIELDS.test(text) && withoutEscapes(`${text} ${JSON.stringify(variables ?? '')}`).includes('crm_audit');
