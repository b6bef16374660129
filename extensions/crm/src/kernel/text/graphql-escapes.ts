const ESCAPE = /\\u(?:\{(?<braced>[0-9a-f]{1,6})\}|(?<plain>[0-9a-f]{4}))/giu;
const LAST = 0x10ffff;

/** A GraphQL text with its escaped characters written out: a name that is searched for may be spelt `crm\u005faudit`. */
export const withoutEscapes = (text: string): string =>
  text.replace(ESCAPE, (_whole, braced: string | undefined, plain: string | undefined) => {
    const code = Number.parseInt(braced ?? plain ?? '', 16);
    return code <= LAST ? String.fromCodePoint(code) : '';
  });
