/** The host's and the databases' ways to say that the input was bad, told from failures of the server. */
export type ErrorOrigin = 'input' | 'in_use' | 'collision' | 'server';

const DATA_ERRORS = /^(22\w{3}|42703|42883|42P01|42P02|42601|42803|42804|21000|54\w{3})$/;
const SQLITE_DATA_ERRORS =
  /SQLITE_(MISMATCH|TOOBIG|RANGE)|datatype mismatch|no such column|misuse of aggregate|string or blob too big|integer overflow/;
/** Places of the host that take apart what a client sent, and stumble over forms they do not expect. */
const READING_INPUT =
  /(sanitize-query|validate-query|validate-batch|parse-filter|run-ast|apply-query|get-ast-from-query|process-ast|get-filter|payload\.js|lodash|@directus\/utils|controllers\/|graphql)/;

/** An upload that names a place for files which this host does not have. */
const UNKNOWN_STORAGE = /^Location ".*" doesn't exist/;
/** A row that others point at: PostgreSQL's and SQLite's words. */
const FOREIGN_KEY = /^23503$|SQLITE_CONSTRAINT: FOREIGN KEY/;
/** Two writes at once that could not both be done, after the host has tried again: deadlock, serialisation, locked file. */
const COLLISION = /^(40P01|40001|55P03|SQLITE_BUSY)$/;

/** Whether an error that the host would answer with 500 comes from what the client sent. Bad input is 4xx. */
export function originOf(error: unknown): ErrorOrigin {
  if (typeof error !== 'object' || error === null) return 'server';
  const { code, message, name, stack, cause } = error as Record<'code' | 'message' | 'name' | 'stack' | 'cause', unknown>;
  if (typeof code === 'string' && DATA_ERRORS.test(code)) return 'input';
  if (FOREIGN_KEY.test(String(code)) || (typeof message === 'string' && FOREIGN_KEY.test(message))) return 'in_use';
  if (COLLISION.test(String(code)) || COLLISION.test(String((cause as { code?: unknown } | undefined)?.code))) return 'collision';
  if (name === 'URIError' || (typeof message === 'string' && UNKNOWN_STORAGE.test(message))) return 'input';
  if (typeof message === 'string' && SQLITE_DATA_ERRORS.test(message)) return 'input';
  const stumbled = ['TypeError', 'RangeError', 'SyntaxError', 'URIError'].includes(String(name));
  return stumbled && typeof stack === 'string' && READING_INPUT.test(stack.split('\n').slice(1, 8).join('\n')) ? 'input' : 'server';
}
