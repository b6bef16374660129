/**
 * Whether a daily job is to run now: once a business day, not before its hour. A clock that was set back does not bring a
 * day again (F37), and however many days nothing ran, it runs once.
 */
export function isDueNow(
  { today, hour }: { today: string; hour: number },
  { lastRun, fromHour }: { lastRun: string | null; fromHour: number },
): boolean {
  return hour >= fromHour && (lastRun === null || lastRun < today);
}

/** Whether a job that failed still waits before it tries again; a clock that was set back does not make it wait longer. */
export function isResting(failedAt: number, now: Date, restMs: number): boolean {
  const since = now.getTime() - failedAt;
  return since >= 0 && since < restMs;
}
