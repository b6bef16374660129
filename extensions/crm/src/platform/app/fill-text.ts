export type Values = Readonly<Record<string, string | number>>;

const PLACE = /\{(\w+)(?::([^{|}]*)\|([^{|}]*))?\}/gu;

/**
 * Fills the places of a text: `{name}` with a value, numbers as the language writes them, and `{name:row|rows}` with the word
 * that goes with that number.
 */
export const fillText = (text: string, language: string, values: Values): string =>
  text.replace(PLACE, (whole, name: string, one?: string, other?: string) => {
    if (!Object.hasOwn(values, name)) return whole;
    const value = values[name]!;
    if (one !== undefined) return (new Intl.PluralRules(language).select(Number(value)) === 'one' ? one : other)!;
    return typeof value === 'number' ? value.toLocaleString(language) : value;
  });
