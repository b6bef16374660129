/** Where the time comes from: one clock for the whole product, handed in by the composition root (design.md 6). */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
