import type { Span } from '../../absences/rules/absence.ts';

/** An entry of the log about somebody, as far as it opens or shuts their log-in. */
export interface LogInChange {
  /** The business day of the entry. */
  day: string;
  /** What was changed, by field. */
  after: Readonly<Record<string, unknown>> | null;
}

export const FOR_EVER = '9999-12-31';

/**
 * The days on which a log-in was shut, by its entries in their order: not active, or held back until the exam (ACC-10, ACC-11). Days on
 * which it was opened or shut belong to them, since nobody could be there on all of it.
 */
export function shutSpans(changes: readonly LogInChange[]): Span[] {
  const spans: Span[] = [];
  let isActive = true;
  let isHeld = false;
  let since: string | null = null;
  for (const { day, after } of changes) {
    if (!after) continue;
    if ('status' in after) isActive = after['status'] === 'active';
    if ('crm_pending_exam' in after) isHeld = Boolean(after['crm_pending_exam']);
    const isOpen = isActive && !isHeld;
    if (!isOpen) since ??= day;
    else if (since !== null) {
      spans.push({ from_on: since, to_on: day });
      since = null;
    }
  }
  return since === null ? spans : [...spans, { from_on: since, to_on: FOR_EVER }];
}
