import { roleOf } from '../../kernel/roles.ts';
import { toLanguage } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { currentOrigin } from '../../platform/api/origin.ts';
import { Refusal } from '../../platform/api/refusal.ts';
import { say, type Said } from '../../platform/api/say.ts';
import type { AfterWrite, WriteStep } from '../../platform/api/write-pipeline.ts';
import { writeNotes } from '../../segments/index.ts';
import { endLinksFor, endLinksOf } from '../sessions/end-links.ts';
import { FREEZES, USERS, type FreezeRow } from './freeze-row.ts';
import { REASONS } from './locale/notices.ts';
import { isAccused, segmentOf } from './person.ts';
import { freezeRefusal } from './refuse.ts';
import { courseOf, type Standing } from './rules/changed-person.ts';
import { adminsOf, tell } from './tell.ts';
import { writeFreeze, writeThaw, type NewFreeze } from './write-freeze.ts';

const notes = writeNotes<Row & { standing: Standing }>();

const CREDENTIALS = ['password', 'token', 'provider', 'external_identifier'] as const;

/** Whoever was this could log in once, and may have left something open. */
const BACK_FROM: ReadonlySet<string> = new Set(['suspended', 'archived']);

async function standingOf(database: Knex, id: string): Promise<(Standing & { homeSegment: string | null }) | null> {
  const user = await database(USERS)
    .where({ id })
    .first('status', 'role', 'email', 'crm_segment', 'crm_pending_exam', ...CREDENTIALS);
  if (!user) return null;
  const { status, role, email, crm_segment: home, crm_pending_exam: pending } = user;
  const credentials = JSON.stringify(CREDENTIALS.map((name) => user[name] ?? null));
  return { status, role: roleOf(role), email, isHeld: Boolean(pending), credentials, homeSegment: home ?? null };
}

/** Why somebody changed a person in the Studio, if they said so. */
const reasonOr = (text: Said, { actor }: AfterWrite): string => currentOrigin().reason ?? say(text, toLanguage(actor?.language));

/**
 * Writes the row of what has happened. Somebody is stopped at once also while nothing of ours can be logged (no master key): then
 * the status alone says it, and whoever comes after finds the account closed.
 */
async function written(database: Knex, write: (database: Knex) => Promise<unknown>): Promise<void> {
  await database.transaction(write).catch((error: unknown) => {
    if (!(error instanceof Refusal && error.extensions['reason'] === 'keys_missing')) throw error;
  });
}

/** A lock-out ends by itself: anybody outside can bring it about, for every system admin at once too (N4). */
const LOCKED_MS = 30 * 60_000;

async function recordFreeze(clock: Clock, change: AfterWrite, homeSegment: string | null, isLockOut: boolean): Promise<void> {
  const { database, item, actor } = change;
  const segment = segmentOf({ homeSegment });
  const freeze: NewFreeze = {
    ...{ user: item, segment, state: 'frozen', early: !isLockOut },
    ...(isLockOut ? { until: new Date(clock.now().getTime() + LOCKED_MS), by: null } : { until: null, by: actor?.user ?? null }),
    reason: isLockOut ? say(REASONS.locked, null) : reasonOr(REASONS.suspended, change),
  };
  await written(database, (inside) => writeFreeze(inside, clock, freeze));
  // A static token is gone for good; its entry in the log is that of the change itself.
  await database(USERS).where({ id: item }).update({ token: null });
  if (!isLockOut) return;
  await database('directus_sessions').where({ user: item }).delete();
  await tell(database, await adminsOf(database, segment), 'locked');
}

/** Whoever comes back logs in anew: what slipped in beside the end of everything would come back to life with them. */
async function endWhatIsLeft(database: Knex, user: string): Promise<void> {
  await database('directus_sessions').where({ user }).delete();
  await database(USERS).where({ id: user }).update({ token: null });
}

async function afterChange(clock: Clock, change: AfterWrite): Promise<void> {
  const { database, item, actor } = change;
  const after = await standingOf(database, item);
  if (!after) return;
  const before = notes.of(USERS, item)?.standing;
  if (after.status !== 'active') await endLinksOf(database, item);
  else if (before && before.role !== after.role) await endLinksFor(database, item);
  const open: FreezeRow | undefined = await database(FREEZES).where({ user: item, state: 'frozen' }).first();
  const isOwn = actor?.user === item;
  // Nobody suspends oneself (F9): it is the host, after failed log-ins, in that person's name.
  const isLockOut = isOwn && after.status === 'suspended' && after.role !== null && !open;
  if (isLockOut) return recordFreeze(clock, change, after.homeSegment, true);
  if (!before) return;
  const isByAccused = actor !== null && (await isAccused(database, actor.user));
  const course = courseOf({ before, after, isFrozen: Boolean(open), isOwn, isByAccused });
  if (course === 'judges_removed') throw freezeRefusal('judges_removed', actor?.language);
  if (course === 'dual_control') throw freezeRefusal('use_freeze', actor?.language);
  if (after.role && BACK_FROM.has(before.status) && after.status === 'active') await endWhatIsLeft(database, item);
  if (course === 'froze') await recordFreeze(clock, change, after.homeSegment, false);
  const thaw = { by: actor?.user ?? null, reason: reasonOr(REASONS.activated, change) };
  if (course === 'thawed' && open) await written(database, (inside) => writeThaw(inside, clock, open, thaw));
}

/**
 * Keeps the law of freezing where people are changed past it, in the Studio's form of a person or by the host's lock-out:
 * it becomes a freeze or a thaw that is written down, or, for a system admin, is refused (ACC-9, N4).
 */
export const lawStep = (clock: Clock): WriteStep => ({
  name: 'users/freeze: the law',
  collections: [USERS],
  async beforeUpdate(_payload, keys, { database, accountability }) {
    if (!accountability) return;
    for (const key of keys) {
      const standing = await standingOf(database, key);
      if (standing) notes.note(USERS, key, { standing });
    }
  },
  async beforeDelete(keys, { database, actor }) {
    if (!actor) return;
    for (const key of keys) {
      const standing = await standingOf(database, key);
      if (standing?.role === 'system_admin' && standing.status === 'active') throw freezeRefusal('use_freeze', actor.language);
    }
  },
  async afterWrite(change) {
    if (change.action === 'update') await afterChange(clock, change);
  },
});
