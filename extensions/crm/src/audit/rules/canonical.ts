/**
 * One text for one value, whatever the database did to its JSON on the way: keys in order, no spaces. What is signed is
 * this text.
 */
export function canonical(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const row = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(row).sort())
    if (row[key] !== undefined) text += `${text ? ',' : ''}${JSON.stringify(key)}:${canonical(row[key])}`;
  return `{${text}}`;
}
