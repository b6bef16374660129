/** A stored value as a text; `choice` where it is one of a list. Nothing is a dash. */
export function plainValue(value: unknown, choice?: string): string {
  if (choice) return choice;
  if (value === null || value === undefined || value === '') return '–';
  if (Array.isArray(value)) return value.map((one) => plainValue(one)).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
