import { maskText } from './mask-text.ts';

/** What a database says of a failure besides its message; PostgreSQL puts whole rows into some of these. */
const TEXTS = ['message', 'stack', 'detail', 'where', 'hint', 'internalQuery'] as const;

/** A cipher or wrapped key, and a keyed index or signature: `<key id>.<HMAC>`. */
const CIPHER = /crm1\.[\w.-]+/gu;
const KEYED = /[\w-]+\.[\w-]{43}(?![\w-])/gu;
/** `Failing row contains (…)`, `Key (phone_index)=(…) already exists.`: the names of columns stay, the host reads these. */
const ROW = /(contains |\)=)\(.*\)/gsu;
/** Knex puts the statement, with everything that was to be stored, before the database's own words. */
const HIDDEN = '***';

export const scrubText = (text: string): string =>
  maskText(text.replace(ROW, `$1(${HIDDEN})`).replace(CIPHER, HIDDEN).replace(KEYED, HIDDEN));

/** A database's error, without any value that it was given or holds (SEC-1): what remains still says what went wrong where. */
export function scrubError(error: unknown): void {
  if (typeof error !== 'object' || error === null) return;
  const told = error as Record<string, unknown>;
  for (const name of TEXTS) if (typeof told[name] === 'string') told[name] = scrubText(told[name]);
  if ('bindings' in told) told['bindings'] = HIDDEN;
}
