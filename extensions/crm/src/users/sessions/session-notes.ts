import { createHash, randomUUID } from 'node:crypto';
import type { Knex, Row } from '../../platform/api/host.ts';
import type { SessionNote, SessionSettings } from './rules/session-state.ts';

export const SESSIONS = 'crm_sessions';
export const HOST_SESSIONS = 'directus_sessions';

const hashOf = (session: string): string => createHash('sha256').update(session).digest('hex');

/** Under what a session is noted: a hash of the host's own key, and one for all plain tokens of a person. */
export const keyOf = (user: string, session: string | null): string => (session === null ? `plain:${user}` : hashOf(session));

const momentOf = (value: unknown): Date | null =>
  value === null || value === undefined ? null : new Date(value as string | number | Date);

const toNote = (row: Row): SessionNote => ({
  ...{ seenAt: momentOf(row['seen_at'])!, lockedAt: momentOf(row['locked_at']), endedAt: momentOf(row['ended_at']) },
});

/** What stands about somebody's sessions. */
export interface Standing {
  /** null: they are of none. */
  segment: string | null;
  settings: SessionSettings;
  notes: ReadonlyMap<string, SessionNote>;
}

const whole = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

const NO_SETTINGS: SessionSettings = { lockMinutes: null, idleMinutes: null, dayEnd: null, oneSession: false, timeZone: 'Asia/Shanghai' };

/** The settings of somebody's home segment, none where there is none, and what was noted of their sessions. */
export async function readStanding(database: Knex, user: string): Promise<Standing> {
  const row = await database('directus_users as who')
    .join('crm_segments as home', 'home.id', 'who.crm_segment')
    .where('who.id', user)
    .first('home.id', 'home.lock_minutes', 'home.idle_minutes', 'home.day_end', 'home.one_session', 'home.timezone');
  const notes: Row[] = await database(SESSIONS).where({ user }).select('session', 'seen_at', 'locked_at', 'ended_at');
  return {
    segment: row?.id ?? null,
    settings: row
      ? {
          ...{ lockMinutes: whole(row.lock_minutes), idleMinutes: whole(row.idle_minutes), dayEnd: row.day_end || null },
          ...{ oneSession: Boolean(row.one_session), timeZone: row.timezone ?? NO_SETTINGS.timeZone },
        }
      : NO_SETTINGS,
    notes: new Map(notes.map((note) => [String(note['session']), toNote(note)])),
  };
}

/** Writes down something of a session, whether it is noted already or not. */
export async function noteSession(database: Knex, user: string, key: string, values: Row & { seen_at: Date }): Promise<void> {
  await database(SESSIONS)
    .insert({ id: randomUUID(), session: key, user, wrong: 0, ...values })
    .onConflict('session')
    .merge(Object.keys(values));
}

/**
 * The keys of one browser's session: the host gives it a new one with every renewal, and lets the one before live for a moment. What
 * is locked, counted or ended is so on all of them.
 */
async function chainOf(database: Knex, user: string, session: string): Promise<string[]> {
  const links: { token: string; next_token: string | null }[] = await database(HOST_SESSIONS).where({ user }).select('token', 'next_token');
  const chain = new Set([session]);
  for (let known = 0; known < chain.size;) {
    known = chain.size;
    for (const { token, next_token: next } of links) if (next && (chain.has(token) || chain.has(next))) chain.add(token).add(next);
  }
  return [...chain];
}

/** Writes down something of a browser's session on every key of it, also on one that it is given meanwhile. */
export async function noteScreen(database: Knex, user: string, session: string, values: Row & { seen_at: Date }): Promise<void> {
  const done = new Set<string>();
  for (;;) {
    const open = (await chainOf(database, user, session)).filter((key) => !done.has(key));
    if (!open.length) return;
    for (const key of open) await noteSession(database, user, hashOf(key), values);
    open.forEach((key) => done.add(key));
  }
}

/** Whether a key of the host is that of a browser's session. */
export const isOfScreen = async (database: Knex, keys: readonly string[]): Promise<boolean> =>
  keys.length > 0 && (await database(SESSIONS).whereIn('session', keys.map(hashOf)).first('id')) !== undefined;

interface WrongGuess {
  user: string;
  /** null: plain tokens, which are counted together. */
  session: string | null;
  now: Date;
}

/** Counts a wrong password, and says how many there were in this session. A screen that nothing was noted of stays locked. */
export async function countWrong(database: Knex, { user, session, now }: WrongGuess, isLocked: boolean): Promise<number> {
  const keys = session === null ? [keyOf(user, null)] : (await chainOf(database, user, session)).map(hashOf);
  for (const key of keys) {
    const counted = await database(SESSIONS).where({ session: key }).increment('wrong', 1);
    if (!counted) await noteSession(database, user, key, { seen_at: now, locked_at: isLocked ? now : null, wrong: 1 });
  }
  const most = await database(SESSIONS).whereIn('session', keys).max({ wrong: 'wrong' }).first();
  return Number((most as { wrong: unknown } | undefined)?.wrong ?? 0);
}

/**
 * The next link in the chain of a browser's session: what was noted goes on.
 *
 * @returns whether the link before it still stands; if not, the session was ended while it was renewed.
 */
export async function carryOver(database: Knex, user: string, next: string): Promise<boolean> {
  const before = await database(HOST_SESSIONS).where({ user, next_token: next }).first('token');
  if (!before) return false;
  const note = await database(SESSIONS)
    .where({ session: hashOf(before.token) })
    .first();
  if (note)
    await database(SESSIONS)
      .insert({ ...note, id: randomUUID(), session: hashOf(next) })
      .onConflict('session')
      .ignore();
  return true;
}

/** Ends one session of a browser, with every key of its chain. */
export async function endSession(database: Knex, user: string, session: string): Promise<void> {
  const chain = await chainOf(database, user, session);
  await database(HOST_SESSIONS)
    .where({ user })
    .andWhere((link) => void link.whereIn('token', chain).orWhereIn('next_token', chain))
    .delete();
  await database(SESSIONS).whereIn('session', chain.map(hashOf)).delete();
}

/** Ends everything that was given out to somebody as plain tokens: what renews them, and by a mark what stands already. */
export async function endPlainTokens(database: Knex, user: string, now: Date): Promise<void> {
  const screens = new Set<string>(await database(SESSIONS).where({ user }).pluck('session'));
  const tokens: string[] = await database(HOST_SESSIONS).where({ user }).pluck('token');
  const plain = tokens.filter((token) => !screens.has(hashOf(token)));
  if (plain.length) await database(HOST_SESSIONS).where({ user }).whereIn('token', plain).delete();
  await noteSession(database, user, keyOf(user, null), { seen_at: now, ended_at: now, wrong: 0 });
}

/** Ends everything of somebody before a new log-in stands (ACC-1). The screens' notes stay: a page that is still open is told why. */
export async function endAll(database: Knex, user: string, now: Date): Promise<void> {
  await database(HOST_SESSIONS).where({ user }).delete();
  await database(SESSIONS).where({ user, ended_at: null }).update({ ended_at: now });
  await noteSession(database, user, keyOf(user, null), { seen_at: now, ended_at: now });
}

const NOTED_AT_ONCE = 200;

/**
 * Whoever is at work when a segment's minutes are set counts from then on: what nobody noted before is held against nobody (ACC-2, ACC-3).
 */
export async function beginCounting(database: Knex, segment: string, now: Date): Promise<void> {
  const people = database('directus_users').where({ crm_segment: segment }).select('id');
  await database(SESSIONS).whereIn('user', people).where({ locked_at: null, ended_at: null }).update({ seen_at: now });
  const present: string[] = await database(HOST_SESSIONS).whereIn('user', people.clone()).distinct('user').pluck('user');
  const notes = present.map((user) => ({ id: randomUUID(), session: keyOf(user, null), user, wrong: 0, seen_at: now }));
  for (let at = 0; at < notes.length; at += NOTED_AT_ONCE)
    await database(SESSIONS)
      .insert(notes.slice(at, at + NOTED_AT_ONCE))
      .onConflict('session')
      .merge(['seen_at']);
}

const FORGET_MS = 8 * 24 * 3_600_000;
const FORGET_AT_ONCE = 200;

/** Forgets what was noted of sessions that the host has long since forgotten; of one that still stands, renewed and locked, never. */
export async function forgetOldNotes(database: Knex, now: Date): Promise<void> {
  const old: { session: string; user: string }[] = await database(SESSIONS)
    .where('seen_at', '<', new Date(now.getTime() - FORGET_MS))
    .orderBy('seen_at', 'desc')
    .limit(FORGET_AT_ONCE)
    .select('session', 'user');
  if (!old.length) return;
  const users = [...new Set(old.map(({ user }) => user))];
  const tokens: string[] = await database(HOST_SESSIONS).whereIn('user', users).pluck('token');
  const standing = new Set(tokens.map(hashOf));
  const gone = old.flatMap(({ session }) => (standing.has(session) ? [] : [session]));
  await database(SESSIONS).whereIn('session', gone).delete();
}
