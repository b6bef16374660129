/** What became of a log-in, as `crm_logins` keeps it. */
export type LogInKind = 'success' | 'failure' | 'refused';

/** Somebody who cannot log in at all is refused, whatever they type; everybody else fails. */
export const kindOf = (outcome: 'success' | 'fail', status: string | null): LogInKind =>
  outcome === 'success' ? 'success' : status !== null && status !== 'active' ? 'refused' : 'failure';

/** An hour in which attempts at addresses that nobody has count as one row of them. */
const STRANGERS_MS = 3_600_000;

/** From when on failures of nobody known stand in a row: within the hour of a network. */
export const strangersSince = (now: Date): Date => new Date(now.getTime() - STRANGERS_MS);

const LONGEST_DEVICE = 255;
export const deviceOf = (userAgent: unknown): string | null =>
  typeof userAgent === 'string' && userAgent ? userAgent.slice(0, LONGEST_DEVICE) : null;
