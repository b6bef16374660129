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
