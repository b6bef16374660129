/** Prints a plain value as TypeScript the way prettier would: short values on one line, long ones broken. */
const WIDTH = 120;

const isName = (key: string): boolean => /^[a-z_$][\w$]*$/i.test(key);
const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** `used` counts the characters that stand before the value on its line and the comma behind it. */
export function print(value: unknown, indent = 0, used = 0): string {
  if (typeof value === 'string') return quote(value);
  if (value === null || typeof value !== 'object') return String(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const entries = Array.isArray(value)
    ? value.map((item) => ({ name: '', item: item as unknown }))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => ({ name: `${isName(key) ? key : quote(key)}: `, item: item as unknown }));
  if (!entries.length) return open + close;
  const flat = entries.map(({ name, item }) => name + print(item, 0, -Infinity)).join(', ');
  const pad = open === '{' ? ' ' : '';
  const oneLine = `${open}${pad}${flat}${pad}${close}`;
  if (indent + used + oneLine.length + 1 <= WIDTH) return oneLine;
  const inner = ' '.repeat(indent + 2);
  const lines = entries.map(({ name, item }) => `${inner}${name}${print(item, indent + 2, name.length)},`);
  return `${open}\n${lines.join('\n')}\n${' '.repeat(indent)}${close}`;
}
