import type { EventContext, Row } from '../platform/api/host.ts';
import { isMask, toMask } from './rules/mask.ts';
import { readSearchTerm } from './rules/search-term.ts';
import { SEALED_FIELDS, type MaskKind } from './rules/sealed-fields.ts';

interface Register {
  filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
}

/**
 * The Studio keeps what was typed into a list's search with the person's view of that list, half a second later and unasked. A
 * whole number or address is used for this look and not kept; one that is compared with in a saved filter becomes its mask,
 * which is all that stands there to be compared with (SEC-1).
 */
export function coverSavedViews({ filter }: Register): void {
  const cover = (view: Row): Row => ({
    ...view,
    ...(readSearchTerm(view['search']) ? { search: null } : {}),
    ...(view['filter'] ? { filter: masked(view['filter'], null) } : {}),
  });
  filter('presets.create', cover);
  filter('presets.update', cover);
}

const KINDS: ReadonlyMap<string, MaskKind> = new Map(SEALED_FIELDS.map(({ field, mask }) => [field, mask]));

/** `kind`: of the sealed field whose comparison this is. */
function masked(part: unknown, kind: MaskKind | null): unknown {
  if (typeof part === 'string') return kind && !isMask(part) && readSearchTerm(part) ? toMask(kind, part) : part;
  if (Array.isArray(part)) return part.map((one) => masked(one, kind));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, masked(inner, KINDS.get(name) ?? kind)]));
}
