/**
 * Canaries: every row of the world carries strings that exist nowhere else, so that one look at an answer tells whose row
 * was in it. A canary is `qz` + nine base-36 digits: short enough for every column, unique enough to never occur by chance.
 */
import type { WorldRow } from './visibility.ts';

const CANARY = /qz[0-9a-z]{9}/g;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

export class Canaries {
  readonly #owners = new Map<string, WorldRow>();
  #next = 1;

  /** A new canary that stands for `row`. */
  mint(row: WorldRow): string {
    const canary = `qz${(this.#next++).toString(36).padStart(9, '0')}`;
    this.#owners.set(canary, row);
    return canary;
  }

  /** Every row whose canary occurs in `text`. */
  rowsIn(text: string): WorldRow[] {
    const found = new Set(text.toLowerCase().match(CANARY) ?? []);
    return [...found].flatMap((canary) => this.#owners.get(canary) ?? []);
  }
}

export function uuidsIn(text: string): Set<string> {
  return new Set(text.toLowerCase().match(UUID) ?? []);
}
