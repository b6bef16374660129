/**
 * The demo's only source of chance: the same seed gives the same group on every machine, so that texts, tests and
 * screenshots stay comparable. Not for anything secret.
 */
export interface Chance {
  /** A number in [0, 1). */
  next(): number;
  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  /** Picks by weight; weights need not add up to anything. */
  weighted<T>(items: readonly (readonly [T, number])[]): T;
  /** True with probability `share`. */
  happens(share: number): boolean;
  /** `count` different items in random order (all of them where there are fewer). */
  sample<T>(items: readonly T[], count: number): T[];
  /** An own stream for a part of the demo: adding rows to one part leaves the others as they are. */
  branch(name: string): Chance;
}

/** FNV-1a, 32 bit: turns a name into a seed. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

export function createChance(seed: string): Chance {
  let state = hash(seed);

  // Mulberry32: small, fast, and good enough for texts and dates.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(items: readonly T[]): T => items[integer(0, items.length - 1)] as T;
  const weighted = <T>(items: readonly (readonly [T, number])[]): T => {
    let rest = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of items) {
      rest -= weight;
      if (rest < 0) return item;
    }
    return (items[items.length - 1] as readonly [T, number])[0];
  };
  const sample = <T>(items: readonly T[], count: number): T[] => {
    const rest = [...items];
    const taken: T[] = [];
    while (taken.length < count && rest.length) taken.push(...rest.splice(integer(0, rest.length - 1), 1));
    return taken;
  };

  return { next, integer, pick, weighted, happens: (share) => next() < share, sample, branch: (name) => createChance(`${seed}/${name}`) };
}
