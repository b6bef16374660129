import type { Chance } from '../chance.ts';
import { ACTIVITY_TEXTS, ASSIGNED_TASKS, fill, OWN_TASKS } from '../names/texts.ts';
import { addDays, daysBetween, instantAt, someWorkingDayUpTo, workingDayFrom, workingDayUpTo, type Day } from '../workdays.ts';
import { segmentId } from './group.ts';
import { userId } from './staff.ts';
import type { ActivityDraft, Person } from './rows.ts';

type Type = ActivityDraft['type'];

/** A record that is worked on: a customer, a lead or an opportunity. */
export interface Subject {
  field: 'customer' | 'lead' | 'opportunity';
  id: string;
  /** The customer, where there is one: its name and people appear in the texts. */
  person: string;
  offer: string;
  owner: string;
  segment: string;
  since: Day;
  /** How much work it gets: roughly activities a year. */
  pace: number;
  /** Nothing more is done on it after this day. */
  until?: Day | undefined;
}

export interface ActivityContext {
  today: Day;
  chance: Chance;
  /** The next fixed id of an activity. */
  numbered: () => string;
}

const TYPES: readonly (readonly [Type, number])[] = [
  ['call', 38],
  ['message', 18],
  ['visit', 16],
  ['mail', 11],
  ['meeting', 7],
  ['task', 5],
  ['no_change', 5],
];
const PRIORITIES: readonly (readonly [ActivityDraft['priority'] & string, number])[] = [
  ['high', 18],
  ['medium', 58],
  ['low', 24],
];

/** How long ago a record was last touched: most are warm, a believable part is stale (USE-3). */
const LAST_TOUCHED: readonly (readonly [readonly [number, number], number])[] = [
  [[1, 7], 34],
  [[8, 30], 44],
  [[31, 90], 14],
  [[91, 300], 8],
];

function textOf(type: Type, subject: Pick<Subject, 'person' | 'offer'>, chance: Chance): { subject: string; notes: string } {
  const [title, notes] = chance.pick<readonly [string, string]>(ACTIVITY_TEXTS[type]);
  const values = { person: subject.person, offer: subject.offer };
  return { subject: fill(title, values), notes: fill(notes, values) };
}

function doneOn(subject: Subject, day: Day, { chance, numbered }: ActivityContext): ActivityDraft {
  const type = chance.weighted(TYPES);
  const hour = chance.integer(9, 17);
  const done = instantAt(day, hour, chance.integer(0, 59)).toISOString();
  return {
    id: numbered(),
    type,
    ...textOf(type, subject, chance),
    [subject.field]: subject.id,
    priority: chance.weighted(PRIORITIES),
    due_on: chance.happens(0.35) ? day : null,
    done_at: done,
    done_by: subject.owner,
    owner: subject.owner,
    segment: subject.segment,
    date_created: done,
    user_created: subject.owner,
  };
}

function planned(subject: Subject, { today, chance, numbered }: ActivityContext): ActivityDraft {
  const type = chance.weighted([
    ['call', 40],
    ['visit', 30],
    ['meeting', 12],
    ['task', 18],
  ] as const);
  const day = chance.happens(0.16)
    ? workingDayUpTo(addDays(today, -chance.integer(1, 12)))
    : workingDayFrom(addDays(today, chance.integer(0, 24)));
  const entered = workingDayUpTo(addDays(day < today ? day : today, -chance.integer(1, 9)));
  return {
    id: numbered(),
    type,
    ...textOf(type, subject, chance),
    notes: null,
    [subject.field]: subject.id,
    priority: chance.weighted(PRIORITIES),
    due_on: day,
    done_at: null,
    owner: subject.owner,
    segment: subject.segment,
    date_created: instantAt(entered < subject.since ? subject.since : entered, 8, chance.integer(0, 59)).toISOString(),
    user_created: subject.owner,
  };
}

/** What was done on one record since it exists, and what is planned on it. */
export function planActivitiesOn(subject: Subject, context: ActivityContext): ActivityDraft[] {
  const { today, chance } = context;
  const [low, high] = chance.weighted(LAST_TOUCHED);
  const end = subject.until ?? addDays(today, -chance.integer(low, high));
  const last = subject.until ? workingDayUpTo(end) : someWorkingDayUpTo(end, chance);
  const span = daysBetween(subject.since, last);
  if (span < 0) return [];
  const count = Math.min(14, Math.max(1, Math.round((subject.pace * span) / 365 + chance.next())));
  const days = [
    last,
    ...Array.from({ length: count - 1 }, () => someWorkingDayUpTo(addDays(last, -chance.integer(1, Math.max(1, span))), chance)),
  ];
  const done = days.filter((day) => day >= subject.since).map((day) => doneOn(subject, day, context));
  const isOpen = !subject.until && daysBetween(last, today) <= 45 && chance.happens(0.4);
  return isOpen ? [...done, planned(subject, context)] : done;
}

/** Work that heads, segment admins and executives gave to people (SAL-6, ORG-4, ORG-5), and people's own tasks. */
export function planTasks(staff: readonly Person[], { today, chance, numbered }: ActivityContext): ActivityDraft[] {
  const workers = staff.filter((person) => person.role === 'sales_rep' && person.status === 'active');
  return workers.flatMap((person) =>
    Array.from({ length: 20 }, (_, index): ActivityDraft => {
      const isAssigned = index % 3 !== 0;
      const [subject, notes] = chance.pick<readonly [string, string]>(isAssigned ? ASSIGNED_TASKS : OWN_TASKS);
      const giver = chance.weighted([
        [`head.${person.segment}`, 50],
        [`segadmin.${person.segment}`, 40],
        ['exec1', 6],
        ['exec2', 4],
      ] as const);
      const due = workingDayFrom(addDays(today, chance.integer(-150, 20)));
      const isDone = due < today && chance.happens(0.9);
      const doneDay = isDone ? workingDayUpTo(addDays(due, -chance.integer(0, 2))) : null;
      const entered = workingDayUpTo(addDays(doneDay ?? (due < today ? due : today), -chance.integer(3, 12)));
      return {
        id: numbered(),
        type: 'task',
        subject,
        notes,
        priority: chance.weighted(PRIORITIES),
        due_on: due,
        done_at: doneDay ? instantAt(doneDay, chance.integer(9, 17)).toISOString() : null,
        done_by: isDone ? person.id : null,
        assigned_by: isAssigned ? userId(giver) : null,
        owner: person.id,
        segment: segmentId(person.segment),
        date_created: instantAt(entered, 9, chance.integer(0, 59)).toISOString(),
        user_created: isAssigned ? userId(giver) : person.id,
      };
    }),
  );
}
