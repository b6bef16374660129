/** A place in a timeline: newest first, and by id where two entries have the same moment. */
export interface TimelinePlace {
  at: number;
  id: string;
}

const CURSOR = /^(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))(?:~(?<id>[0-9a-f-]{36}))?$/iu;

/** Everything stands before a moment without an id: its own entries do not, because there is no smaller id than none. */
const NO_ID = '';

/** Reads what a client sends as `before`: a moment, or the `next` of an earlier answer; null where it is neither. CUS-11. */
export function readPlace(text: string): TimelinePlace | null {
  // A plus of a distance from UTC arrives as a space where nobody has encoded it.
  const found = CURSOR.exec(text.trim().replace(' ', '+'))?.groups;
  const at = found ? Date.parse(found['at']!) : Number.NaN;
  return Number.isNaN(at) ? null : { at, id: (found!['id'] ?? NO_ID).toLowerCase() };
}

export const writePlace = ({ at, id }: TimelinePlace): string => `${new Date(at).toISOString()}~${id}`;

/** Whether an entry comes after `place` in the order of a timeline, so that a page neither repeats nor misses one. */
export const isAfter = (entry: TimelinePlace, place: TimelinePlace | null): boolean =>
  !place || entry.at < place.at || (entry.at === place.at && entry.id < place.id);

export const byNewest = (one: TimelinePlace, other: TimelinePlace): number =>
  other.at - one.at || (one.id < other.id ? 1 : one.id > other.id ? -1 : 0);
