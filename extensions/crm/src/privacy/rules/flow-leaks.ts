import { readJson } from '../../kernel/text/read-json.ts';

type Row = Record<string, unknown>;
const asRow = (value: unknown): Row => {
  const read = readJson(value);
  return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Row) : {};
};
const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');

/**
 * Whether a flow runs inside the writing of rows with sealed values, after these are sealed. It would be handed cipher and
 * index, and what it gives back is stored as it is.
 */
export function stepsIntoWriting(flow: Row, collections: readonly string[]): boolean {
  const options = asRow(flow['options']);
  if (flow['trigger'] !== 'event' || options['type'] !== 'filter') return false;
  const watched = texts(options['collections']);
  return texts(options['scope']).some((scope) =>
    SCOPES.includes(scope)
      ? scope !== 'items.delete' && collections.some((collection) => watched.includes(collection))
      : eventsOfWriting(collections).some((event) => matches(scope.split('.'), event.split('.'))),
  );
}

/** These the host joins with the names of collections; of anything else it listens to the name itself. */
const SCOPES = ['items.create', 'items.update', 'items.delete'];

const eventsOfWriting = (collections: readonly string[]): string[] =>
  ['items.create', 'items.update'].flatMap((event) => [event, ...collections.map((collection) => `${collection}.${event}`)]);

/** Names of events may hold `*` for one part and `**` for any number of them. */
function matches([wanted, ...more]: string[], parts: string[]): boolean {
  if (wanted === undefined) return !parts.length;
  if (wanted === '**') return matches(more, parts) || (parts.length > 0 && matches([wanted, ...more], parts.slice(1)));
  return parts.length > 0 && (wanted === '*' || wanted === parts[0]) && matches(more, parts.slice(1));
}
