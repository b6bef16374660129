/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {import('../../extensions/crm/src/platform/api/change-log.ts').ChangeLog} ChangeLog */
/** @typedef {import('../../extensions/crm/src/platform/api/origin.ts').Origin} Origin */

/**
 * Runs `work` with the audit log at hand, for what we write of people and rights beside the server. Where the keys are missing the
 * work goes on: the server finds the change within a minute and logs it without a name.
 * @template T
 * @param {Settings} settings
 * @param {Pick<Origin, 'kind' | 'reason'>} origin
 * @param {(log: ChangeLog) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withChangeLog(settings, origin, work) {
  // Only here: this file is also loaded by the Node of the machine, which may not read TypeScript.
  const [{ createChanges }, { createJournal }, { auditPorts }, { systemClock }, { keysOf }, { withOrigin }] = await Promise.all([
    import('../../extensions/crm/src/audit/changes.ts'),
    import('../../extensions/crm/src/audit/journal.ts'),
    import('../../extensions/crm/src/entries/audit-ports.ts'),
    import('../../extensions/crm/src/platform/api/clock.ts'),
    import('../../extensions/crm/src/platform/api/keys.ts'),
    import('../../extensions/crm/src/platform/api/origin.ts'),
  ]);
  const say = (/** @type {string} */ text) => console.error(text);
  const journal = createJournal(keysOf(settings.environment), systemClock, { fatal: say, error: say, warn: say, info: say }, auditPorts);
  const changes = createChanges(journal, auditPorts);
  return withOrigin(origin, () => work(changes));
}
