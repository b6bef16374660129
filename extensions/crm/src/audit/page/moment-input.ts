/** What `datetime-local` gives, read as the business's zone, whatever the zone of the browser (design 6). */
export function toIso(local: string): string | null {
  const at = new Date(`${local.length === 16 ? `${local}:00` : local}+08:00`);
  return local && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
}

/** A moment as `datetime-local` wants it, in the business's zone. */
export const toLocal = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19);
