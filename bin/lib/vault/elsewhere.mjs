/**
 * The same settings for another place: a drill restores beside the running system, with the same server of databases and the same keys.
 * @param {Record<string, string>} environment
 * @param {{ folder: string | null, database: string | null }} place
 * @returns {Record<string, string>}
 */
export function elsewhere(environment, { folder, database }) {
  const there = { ...environment };
  if (folder) {
    there['CRM_DATA_DIR'] = folder;
    // These may name places of the running system.
    for (const name of Object.keys(there)) if (name === 'DB_FILENAME' || /^STORAGE_\w+_ROOT$/.test(name)) delete there[name];
  }
  if (database) {
    there['DB_DATABASE'] = database;
    const url = there['DB_CONNECTION_STRING'];
    if (url) there['DB_CONNECTION_STRING'] = withDatabaseName(url, database);
  }
  return there;
}

/** @param {string} text @param {string} database */
function withDatabaseName(text, database) {
  const url = new URL(text);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.toString();
}
