import { isEndedBy } from '../../../guard/rules/token-second.ts';
import { lastDayEnd } from './day-end.ts';

/** What a segment says about the sessions of its people; null: not at all. */
export interface SessionSettings {
  lockMinutes: number | null;
  idleMinutes: number | null;
  dayEnd: string | null;
  oneSession: boolean;
  timeZone: string;
}

/** What was noted of a session. */
export interface SessionNote {
  seenAt: Date;
  lockedAt: Date | null;
  /** A screen is over for good; of plain tokens whatever was given out before. */
  endedAt: Date | null;
}

export interface SessionAtHand {
  settings: SessionSettings;
  note: SessionNote | null;
  /** When the token was given out, in whole seconds. */
  issuedAt: number;
  /** Of a browser, which has a screen to lock. */
  isScreen: boolean;
  now: Date;
}

export type SessionState = 'valid' | 'locked' | 'idle' | 'day_end' | 'ended';

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;
const wholeSecond = (moment: Date): number => Math.floor(moment.getTime() / SECOND_MS);

/**
 * Whether a session may go on (ACC-2, ACC-3). Nobody has used it since it was given out where nothing is noted. A session that is
 * over is never merely locked.
 */
export function judgeSession({ settings, note, issuedAt, isScreen, now }: SessionAtHand): SessionState {
  const { lockMinutes, idleMinutes, dayEnd, timeZone } = settings;
  if (note?.endedAt && (isScreen || isEndedBy(issuedAt, note.endedAt))) return 'ended';
  if (dayEnd && issuedAt < wholeSecond(lastDayEnd(now, dayEnd, timeZone))) return 'day_end';
  const alone = now.getTime() - Math.max(note?.seenAt.getTime() ?? 0, note ? 0 : issuedAt * SECOND_MS);
  if (idleMinutes !== null && alone >= idleMinutes * MINUTE_MS) return 'idle';
  if (!isScreen) return 'valid';
  return note?.lockedAt || (lockMinutes !== null && alone >= lockMinutes * MINUTE_MS) ? 'locked' : 'valid';
}

const NOTE_EVERY_MS = 20_000;

/** So often at most the use of a session is written down, in milliseconds: where minutes are few they are to be counted well. */
export const noteEvery = ({ lockMinutes, idleMinutes }: SessionSettings): number =>
  Math.min(NOTE_EVERY_MS, (Math.min(lockMinutes ?? Infinity, idleMinutes ?? Infinity) * MINUTE_MS) / 12);

/** Whether use has to be noted at all. */
export const countsUse = ({ lockMinutes, idleMinutes }: SessionSettings): boolean => lockMinutes !== null || idleMinutes !== null;

const LONGEST_MINUTES = 24 * 60;

/**
 * When somebody last did something, as the Studio's page says it with every request (`x-crm-idle`, seconds): what a page asks for by
 * itself is no use. Without a word the request itself is.
 */
export function usedAt(now: Date, idleSeconds: unknown): Date {
  const seconds = typeof idleSeconds === 'string' && /^\d{1,6}$/u.test(idleSeconds) ? Number(idleSeconds) : 0;
  return new Date(now.getTime() - Math.min(seconds, LONGEST_MINUTES * 60) * SECOND_MS);
}

/** Minutes of a setting: nothing, or a whole number of a day's minutes. */
export const areMinutes = (value: unknown): boolean =>
  value === null || (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= LONGEST_MINUTES);
