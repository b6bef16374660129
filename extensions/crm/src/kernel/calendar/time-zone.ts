import { read, unreadable, type Reading } from '../text/reading.ts';

/** Reads a time zone by its name in the IANA list, in its one spelling; a mere offset is no zone, it knows no summer time. */
export function readTimeZone(text: string): Reading<'unknown'> {
  const name = text.trim();
  if (!/^[A-Za-z]/u.test(name)) return unreadable('unknown');
  try {
    return read(new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone);
  } catch {
    return unreadable('unknown');
  }
}
