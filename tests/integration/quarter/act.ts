import type { Answer, Client } from '../../harness/client.ts';
import type { Person, State } from './state.ts';

/** What an answer comes to: `ok`, or the reason of its first refusal. */
export function outcomeOf(answer: Answer): string {
  const { errors } = (answer.body ?? {}) as { errors?: { extensions: { code: string; reason?: string } }[] };
  const first = errors?.[0]?.extensions;
  if (first) return first.reason ?? first.code;
  return answer.status < 300 ? 'ok' : `status ${answer.status}`;
}

/** Something that somebody does, with what the model says of it. */
export interface Act {
  what: string;
  /** `ok` or the reason of the refusal. */
  expect: string;
  send(): Promise<Answer>;
  /** What follows from it in the model, where it is let. */
  then?(body: Body): void;
  /** What follows from its refusal: a request whose subject has changed is void. */
  refused?(): void;
}

/** Answers of the host have no static type. */
export type Body = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- as above

/** Numbers of chance that are the same for the same seed (mulberry32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  is = (share: number): boolean => this.next() < share;
  below = (count: number): number => Math.floor(this.next() * count);
  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

export interface Scene {
  state: State;
  chance: Chance;
  as(person: Person): Client;
  stage: Record<string, string>;
  industry: string;
  region: string;
  /** A number that nobody else has. */
  serial(): number;
}

/** Mostly somebody of the segment, now and then somebody who has no business there. */
export function anybody({ state, chance }: Scene): Person {
  const names = chance.is(0.75) ? ['repA1', 'repA2', 'repA3'] : ['headA', 'adminA', 'adminA', 'headA', 'sysadmin', 'exec', 'repB', 'headB'];
  return state.named(chance.of(names));
}

/** Mostly somebody who may, so that things go on. */
export function somebody(scene: Scene, may: (person: Person) => boolean): Person {
  const { state, chance } = scene;
  const able = state.people.filter(may);
  return able.length && chance.is(0.85) ? chance.of(able) : anybody(scene);
}

/** One of the last ones mostly: what is long over is seldom touched. */
export function recent<T>({ chance }: Scene, all: Iterable<T>): T | undefined {
  const list = [...all];
  if (!list.length) return undefined;
  return chance.is(0.7) ? list[list.length - 1 - chance.below(Math.min(12, list.length))] : chance.of(list);
}

export const writes = (person: Person): boolean => person.role !== 'group_executive';
