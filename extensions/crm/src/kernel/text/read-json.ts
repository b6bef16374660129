/** What the host keeps as JSON: PostgreSQL gives it back parsed, SQLite as text; null where the text is none. */
export function readJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
