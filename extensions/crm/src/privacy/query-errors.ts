import type { Knex, Row } from '../platform/api/host.ts';
import { SEALED_COLLECTIONS } from './rules/sealed-fields.ts';
import { scrubError } from './rules/scrub-error.ts';

/**
 * What a database says when a statement fails is logged by the host, statement, values and the rows it holds included (disk
 * full, time-out, deadlock, a constraint of one's own). Before anybody catches it, every value is taken out (SEC-1).
 */
export function scrubQueryErrors(database: Knex): void {
  (database.client as { config: Knex.Config }).config.compileSqlOnError = false;
  database.on('query-error', scrubError);
}

/** The host's own words for a refused value carry what was sent; its answers and, at `debug`, its log repeat them. */
export function withoutSentValue(error: unknown): unknown {
  const { extensions } = error as { extensions?: Row };
  if (!extensions || !SEALED_COLLECTIONS.includes(String(extensions['collection']))) return error;
  const { message, stack } = error as Error;
  const said = `${String((error as { code?: unknown }).code)} ${String(extensions['collection'])}.${String(extensions['field'])}`;
  return Object.assign(error as Error, {
    message: said,
    stack: stack?.replace(message, said),
    extensions: { ...extensions, value: null },
  });
}
