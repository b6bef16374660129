import { COLLECTIONS } from '../../kernel/collections.ts';
import { isMask, toMask } from './mask.ts';
import { maskAddress } from './mask-address.ts';
import { maskText } from './mask-text.ts';
import { KINDS } from './mask-values.ts';
import { readSearchTerm } from './search-term.ts';
import { collectionsLeadingTo, type Relation } from '../../kernel/flows/leading-collections.ts';
import { SEALED_COLLECTIONS, type MaskKind } from './sealed-fields.ts';

type View = Record<string, unknown>;

/** A shorter text may be the visible part of a name that somebody filters by. */
const LEAST_NAME = 6;

/** Whether a list shows rows of ours, or such through which one looks for the bearers of sealed values; views of others stay. */
export function listsOfOurs(relations: readonly Relation[]): (collection: unknown) => boolean {
  const leading = collectionsLeadingTo(relations, SEALED_COLLECTIONS);
  return (collection) => typeof collection !== 'string' || Object.hasOwn(COLLECTIONS, collection) || leading.has(collection);
}

/** A person's view of a list without the numbers, addresses and messenger names that were looked for in it (SEC-1). */
export const coverView = (view: View): View => ({
  ...view,
  ...(holdsTerm(view['search']) ? { search: null } : {}),
  ...(view['filter'] ? { filter: masked(view['filter'], null) } : {}),
});

/** The last page of a person without what was searched for in it; lists of others stay as they are. */
export function coverPage(page: string, isOurs: (collection: unknown) => boolean): string {
  const collection = /\/content\/([^/?]+)/u.exec(page)?.[1];
  return collection && !isOurs(collection) ? page : maskAddress(page);
}

const holdsTerm = (search: unknown): boolean =>
  typeof search === 'string' && (readSearchTerm(search) !== null || maskText(search) !== search);

/** `kind`: of the sealed field whose comparison this is. */
function masked(part: unknown, kind: MaskKind | null): unknown {
  if (typeof part === 'string') return kind ? maskTerm(part, kind) : part;
  if (Array.isArray(part)) return part.map((one) => masked(one, kind));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, masked(inner, KINDS.get(name) ?? kind)]));
}

function maskTerm(text: string, kind: MaskKind): string {
  if (isMask(text)) return text;
  if (kind === 'handle') return text.length < LEAST_NAME ? text : toMask(kind, text);
  return readSearchTerm(text) ? toMask(kind, text) : maskText(text);
}
