import { createHmac, randomBytes } from 'node:crypto';
import type { SealedKey } from '../rules/judge-row.ts';

/**
 * So many different values of a person's day may look alike behind their masks. Honest tables of any size have a handful of such
 * numbers, of the ten thousand that a mask leaves open; of mailboxes, which nobody can go through, they have as many as a
 * provider has customers with one first letter.
 */
const MOST_ALIKE: Record<SealedKey, number> = { phone: 20, email: 250 };
const FULL = 255;
const COUNTERS = 2 ** 22;
const TOLD_BITS = 2 ** 26;
/** In so many places a value that was looked for is remembered, so that half a million of them are not taken for each other. */
const PLACES = 3;
const DAY_MS = 86_400_000;
const MOST_KEPT = 1000;

/** What is kept with an import, so that another process that reads a file of the same person the same day counts on. */
export interface Crowded {
  day: number;
  /** The masks of which no more values are looked for. */
  masks: string[];
}

/** The numbers and mailboxes that one person brings while one file is read. */
export interface Tried {
  /** Whether the value is one too many of those that look like it; whether it is somebody's makes no difference. */
  isCrowded(by: SealedKey, mask: string, value: string): boolean;
  crowded(): Crowded;
}

export interface TriedNumbers {
  /** @param known what earlier readings have kept. */
  of(person: string, now: Date, known: readonly Crowded[]): Tried;
}

/**
 * Whether somebody tries numbers out (SEC-5). A mask leaves ten thousand numbers open; who brings them all would learn from the
 * one suspicion which it is, without a reveal. So of values that look alike only the first few are looked for, counted for each
 * person and day (UTC) over all files and readings of this process. Reading a file again counts nothing twice.
 */
export function triedNumbers(): TriedNumbers {
  const secret = randomBytes(32);
  const digest = (...texts: string[]): Buffer => createHmac('sha256', secret).update(texts.join('\n')).digest();
  let open = { day: -1, counters: new Uint8Array(0), told: new Uint8Array(0) };

  return {
    of(person, now, known) {
      const day = Math.floor(now.getTime() / DAY_MS);
      if (open.day !== day) open = { day, counters: new Uint8Array(COUNTERS), told: new Uint8Array(TOLD_BITS / 8) };
      const { counters, told } = open;
      const placeOf = (mask: string) => digest(person, mask).readUInt32BE(0) % COUNTERS;
      const found = new Set(known.filter((one) => one.day === day).flatMap(({ masks }) => masks));
      for (const mask of found) counters[placeOf(mask)] = FULL;

      return {
        isCrowded(by, mask, value) {
          const shown = `${by} ${mask}`;
          const bytes = digest(person, shown, value);
          const bits = Array.from({ length: PLACES }, (_, at) => bytes.readUInt32BE(at * 4) % TOLD_BITS);
          if (bits.every((bit) => told[bit >> 3]! & (1 << (bit & 7)))) return false;
          const place = placeOf(shown);
          if (counters[place]! >= MOST_ALIKE[by]) {
            if (found.size < MOST_KEPT) found.add(shown);
            return true;
          }
          counters[place]! += 1;
          for (const bit of bits) told[bit >> 3]! |= 1 << (bit & 7);
          return false;
        },
        crowded: () => ({ day, masks: [...found] }),
      };
    },
  };
}
