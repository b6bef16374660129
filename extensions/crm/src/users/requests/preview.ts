import { toDayText } from '../../kernel/calendar/day-text.ts';
import { GROUP_SEGMENT_ID } from '../../kernel/roles.ts';
import type { Actor, Language } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import { dayIn } from '../../platform/api/day-in.ts';
import type { Knex } from '../../platform/api/host.ts';
import { say } from '../../platform/api/say.ts';
import { isGroupStaff, managesSegments } from '../../segments/index.ts';
import { missingYears } from './calendar-years.ts';
import type { Preview } from './contract.ts';
import { refusalOf } from './execute.ts';
import { COUNTED, EFFECTS } from './locale/effects.ts';
import { openWork } from './open-work.ts';
import { requestRefusal } from './refuse.ts';
import { OPEN_STATES, USERS, type RequestRow } from './request-row.ts';
import { rightsAfter, sightOf, type Rights, type Sight } from './rules/rights-after.ts';
import { countSeen, isKnownFull, ofCaller, reachesBeyond } from './seen-rows.ts';
import { mayKnow, postOf } from './subject.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';

type Effect = Pick<Preview, 'before' | 'after' | 'beyond' | 'sees' | 'work' | 'work_beyond'>;
const UNTOLD: Effect = { before: null, after: null, beyond: false, sees: [], work: null, work_beyond: false };

function effectLines({ sees, ...effect }: Effect, language: Language): string[] {
  const isChanged = JSON.stringify(effect.before) !== JSON.stringify(effect.after);
  const about = (text: keyof typeof EFFECTS, { collection }: Preview['sees'][number], count: number) =>
    say(EFFECTS[text], language, { count, what: say(COUNTED[collection as keyof typeof COUNTED], language) });
  return [
    ...(effect.after ? [] : [say(EFFECTS.no_log_in, language)]),
    ...sees.flatMap((one) => (effect.after ? [about('sees', one, one.after)] : [])),
    ...sees.flatMap((one) => (isChanged && one.gains ? [about('gains', one, one.gains)] : [])),
    ...sees.flatMap((one) => (isChanged && one.loses ? [about('loses', one, one.loses)] : [])),
    ...(effect.beyond ? [say(EFFECTS.beyond, language)] : []),
    ...(effect.work?.total ? [say(EFFECTS.work, language, { count: effect.work.total })] : []),
    ...(effect.work_beyond ? [say(EFFECTS.work_beyond, language)] : []),
  ];
}

/** What is to be known of its days: nothing waits for the day of the change, and a calendar that is missing counts plain weeks. */
async function dayLines(database: Knex, clock: Clock, { language }: Actor, row: RequestRow): Promise<string[]> {
  const isEarly = row.effective_on > (await dayIn(database, GROUP_SEGMENT_ID, clock.now()));
  const years = await missingYears(database, row);
  return [
    ...(isEarly ? [say(EFFECTS.at_once, language, { day: toDayText(row.effective_on, language) })] : []),
    ...years.map((year) => say(EFFECTS.no_calendar, language, { year })),
  ];
}

/** What would be refused if the form were carried out now, in the words of the refusal. */
async function problemsOf(database: Knex, actor: Actor, row: RequestRow, after: Rights | null, effect: Effect): Promise<string[]> {
  const { language } = actor;
  const problems: string[] = [];
  const fault = await refusalOf(database, row);
  if (fault && !(fault === 'not_approved' && row.state === 'requested')) problems.push(requestRefusal(fault, language).message);
  if (!OPEN_STATES.includes(row.state)) return problems;
  if (after && (await isKnownFull(database, actor, after, row.user))) problems.push(say(EFFECTS.full, language));
  if (row.kind === 'close' && (effect.work?.total || effect.work_beyond)) problems.push(requestRefusal('open_work', language).message);
  // Whose address it is elsewhere is for those alone who see everybody.
  if (row.kind === 'open' && isGroupStaff(actor.role)) {
    const email = row.user_email ?? '';
    const present = await database(USERS)
      .whereRaw('lower(??) = ?', ['email', email.toLowerCase()])
      .whereNot({ status: 'archived' })
      .first('id');
    if (present) problems.push(requestRefusal('email_taken_elsewhere', language, { email }).message);
  }
  return problems;
}

async function effectOf(database: Knex, actor: Actor, row: RequestRow, [before, after]: [Rights | null, Rights | null]): Promise<Effect> {
  const sights: [Sight, Sight] = [sightOf(before), sightOf(after)];
  const segments: { id: string; name: string }[] = await database('crm_segments').select('id', 'name');
  const shown = (rights: Rights | null): Preview['before'] => {
    if (!rights) return null;
    const segment = segments.find(({ id }) => id === rights.homeSegment);
    return { role: rights.role, segment: segment ? { id: segment.id, name: segment.name } : null };
  };
  const effect: Effect = {
    ...{ before: shown(before), after: shown(after), beyond: reachesBeyond(actor, sights[1]) },
    ...{ sees: await countSeen(database, actor, row.user ?? NOBODY, sights), work: null, work_beyond: false },
  };
  if (row.user === null || !['close', 'move', 'rights'].includes(row.kind)) return effect;
  const places = after ? [after.homeSegment ?? GROUP_SEGMENT_ID, ...(managesSegments(after.role) ? after.managedSegments : [])] : [];
  const outsideOf = row.kind === 'close' ? [] : places;
  const work = await openWork(database, row.user, { outsideOf, within: (rows) => ofCaller(rows, actor) });
  const all = await openWork(database, row.user, { outsideOf });
  return { ...effect, work, work_beyond: all.total > work.total };
}

/**
 * What carrying a form out comes to (ACC-8, ACC-10): the rows that the person will see and no longer sees, counted by the rules of
 * both rights, never as somebody else; and what is left to be handed over. A form that is over has no effect any more, and where
 * somebody works by now is told only to those who may know of them: no former segment follows anybody through an old form (ORG-2).
 */
export async function previewOf(database: Knex, clock: Clock, actor: Actor, row: RequestRow): Promise<Preview> {
  const post = await postOf(database, row.user);
  const isOpen = OPEN_STATES.includes(row.state);
  const isKnown = row.kind === 'open' || mayKnow(actor, post?.homeSegment ?? null);
  const user = row.user ? await database(USERS).where({ id: row.user }).first('status') : null;
  const before = user?.status === 'active' ? post : null;
  const after = isOpen && isKnown ? rightsAfter(row, before, post) : null;
  const effect = isOpen && isKnown ? await effectOf(database, actor, row, [before, after]) : UNTOLD;
  const lines = isKnown ? effectLines(effect, actor.language) : [say(EFFECTS.elsewhere, actor.language)];
  return {
    ...{ id: row.id, kind: row.kind, state: row.state, ...effect },
    lines: isOpen ? [...lines, ...(await dayLines(database, clock, actor, row))] : [],
    problems: await problemsOf(database, actor, row, after, effect),
  };
}
