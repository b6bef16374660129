import { setImmediate } from 'node:timers/promises';

/** Lets what was just asked of the database go out, so that this process can do something else until the answer comes. */
export const nextTurn = (): Promise<void> => setImmediate();

/** A question that is under way, to be awaited later; should it fail before that, it fails when it is awaited. */
export function sent<Result>(question: Promise<Result>): Promise<Result> {
  question.catch(() => undefined);
  return question;
}
