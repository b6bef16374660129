/** The host's and the databases' ways to say that the input was bad, told from failures of the server. */
export type ErrorOrigin = 'input' | 'server';

const DATA_ERRORS = /^(22\w{3}|42703|42883|42P01|42P02|42601|42803|42804|21000|54\w{3})$/;
const SQLITE_DATA_ERRORS =
  /SQLITE_(MISMATCH|TOOBIG|RANGE)|datatype mismatch|no such column|misuse of aggregate|string or blob too big|integer overflow/;
/** Places of the host that take apart what a client sent, and stumble over forms they do not expect. */
const READING_INPUT =
  /(sanitize-query|validate-query|validate-batch|parse-filter|run-ast|apply-query|get-ast-from-query|process-ast|get-filter|payload\.js|lodash|@directus\/utils|controllers\/|graphql)/;

/** Whether an error that the host would answer with 500 comes from what the client sent. Bad input is 4xx. */
export function originOf(error: unknown): ErrorOrigin {
  if (typeof error !== 'object' || error === null) return 'server';
  const { code, message, name, stack } = error as { code?: unknown; message?: unknown; name?: unknown; stack?: unknown };
  if (typeof code === 'string' && DATA_ERRORS.test(code)) return 'input';
  if (typeof message === 'string' && SQLITE_DATA_ERRORS.test(message)) return 'input';
  const stumbled = ['TypeError', 'RangeError', 'SyntaxError', 'URIError'].includes(String(name));
  return stumbled && typeof stack === 'string' && READING_INPUT.test(stack.split('\n').slice(1, 8).join('\n')) ? 'input' : 'server';
}
