import { isMask, toMask } from './mask.ts';
import { maskText } from './mask-text.ts';
import { KINDS, maskValues } from './mask-values.ts';
import { readSearchTerm } from './search-term.ts';
import { SEALED_COLLECTIONS } from './sealed-fields.ts';

const HIDDEN = '***';
const OURS = new RegExp(`/(?:${SEALED_COLLECTIONS.join('|')})(?:/|$)`, 'u');
/** Rows of ours have ids that are no numbers. The path of any other row is left: the host's cache tells answers apart by it. */
const OUR_PATHS = new RegExp(`/(?:crm|${SEALED_COLLECTIONS.join('|')})/`, 'u');
const GRAPH = /\/graphql(?:\/|$)/u;

/** An address as a log may show it: numbers in its path, and whom people look for in its query (SEC-1, F20). */
export function maskAddress(address: string): string {
  const at = address.indexOf('?');
  const path = at < 0 ? address : address.slice(0, at);
  const shown = OUR_PATHS.test(path)
    ? path
        .split('/')
        .map((part) => masked(part, maskText))
        .join('/')
    : path;
  if (at < 0) return shown;
  const parts = address.slice(at + 1).split('&');
  return `${shown}?${parts.map((part) => masked(part, (plain) => maskPart(path, plain))).join('&')}`;
}

/** The parts of an address stand encoded in it, and stay as they are where nothing in them is masked. */
function masked(part: string, mask: (plain: string) => string): string {
  try {
    const plain = decodeURIComponent(part.replaceAll('+', ' '));
    const shown = mask(plain);
    return shown === plain ? part : encodeURI(shown);
  } catch {
    return HIDDEN;
  }
}

function maskPart(path: string, plain: string): string {
  const at = plain.indexOf('=');
  if (at < 0) return maskText(plain);
  const [name, value] = [plain.slice(0, at), plain.slice(at + 1)];
  return `${name}=${String(shownValue(path, name, value))}`;
}

/** The same for the query that was read out of the address at `path`. */
export const maskQuery = (path: string, query: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, shownValue(path, name, value)]));

function shownValue(path: string, name: string, value: unknown): unknown {
  if (value === '') return value;
  if (GRAPH.test(path) && (name === 'query' || name === 'variables')) return HIDDEN;
  // Somebody's name with a messenger looks like any word: in lists of people no search is shown.
  if (typeof value === 'string' && ((name === 'search' && OURS.test(path)) || name.endsWith('[_search]'))) return maskSearch(value);
  const field = [...name.matchAll(/\[(\w+)\]/gu)].map(([, part]) => KINDS.get(part!)).find(Boolean);
  return maskValues(value, field ?? null);
}

/** A whole number or address shows its mask, of anything else nothing is shown. */
function maskSearch(text: string): string {
  if (isMask(text)) return maskText(text);
  const term = readSearchTerm(text);
  return term ? toMask(term.mask, term.value) : HIDDEN;
}
