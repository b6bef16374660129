const LOGIC = ['_and', '_or'];
const LISTS = ['_some', '_none'];

/** Moments come as `Date`s from the host's reading of `$NOW`. */
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/**
 * Whether some part of a condition compares nothing: the host passes such parts over, whatever field they name, and picks every row.
 * Only a condition that is empty as a whole means all rows.
 */
export function isVague(filter: unknown): boolean {
  if (!isPlain(filter)) return false;
  const entries = Object.entries(filter);
  return (
    !entries.length ||
    entries.some(([key, value]) => {
      if (LOGIC.includes(key)) return !Array.isArray(value) || !value.length || value.some(isVague);
      return (!key.startsWith('_') || LISTS.includes(key)) && isVague(value);
    })
  );
}

/**
 * A condition that the host really asks: what stands in `_some` or `_none` and begins with `_and` or `_or`, as the host itself writes two
 * comparisons, it passes over without a word, and the condition would pick every row. Behind a comparison that is always true it is
 * asked (seen in 11.17.4; the integration suite asks for it).
 */
export function steadyCondition(filter: unknown): unknown {
  if (Array.isArray(filter)) return filter.map(steadyCondition);
  if (!isPlain(filter)) return filter;
  return Object.fromEntries(
    Object.entries(filter).map(([key, value]) => {
      const inner = steadyCondition(value);
      const isPassedOver = LISTS.includes(key) && isPlain(inner) && LOGIC.includes(Object.keys(inner)[0] ?? '');
      return [key, isPassedOver ? { id: { _nnull: true }, ...inner } : inner];
    }),
  );
}
