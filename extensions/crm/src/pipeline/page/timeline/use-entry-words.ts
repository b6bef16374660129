import { formatDate } from '../../../platform/app/format.ts';
import { useLanguage, useSay, type Said } from '../../../platform/app/i18n.ts';
import { ACTIONS, REASONS } from '../../../platform/app/log-words.ts';
import { useNames } from '../../../platform/app/use-names.ts';
import { useStageNames } from '../use-stage-names.ts';
import type { Entry } from './entry.ts';
import { STANDING, TIMELINE, TIMELINE_KINDS } from './locale.ts';

export interface EntryWords {
  icon: string;
  headline: string;
  /** What more is known of it, a line each. */
  lines: string[];
  /** Whether it waits or is late. */
  badge: string;
}

const ACTIVITY_ICONS: Readonly<Record<string, string>> = {
  call: 'call',
  mail: 'mail',
  visit: 'directions_walk',
  meeting: 'groups',
  message: 'chat',
  task: 'task',
  no_change: 'remove',
};

/** What an entry of the timeline says, in the reader's language. */
export function useEntryWords(collection: () => string): (entry: Entry) => EntryWords {
  const say = useSay();
  const language = useLanguage();
  const names = useNames();
  const stageName = useStageNames();
  const person = (one?: { name: string | null } | null): string => (one ? (one.name ?? say(TIMELINE.someone)) : say(TIMELINE.system));
  const stage = (one?: { name: string | null } | null): string => stageName(one?.name ?? '…');
  /** What a code of the log says; nothing for what somebody typed. */
  const listed = (words: Readonly<Record<string, Said>>, code: string | null | undefined): string | null => {
    const text = code ? words[code] : undefined;
    return text ? say(text) : null;
  };
  const filled = (texts: readonly (string | null | undefined)[]): string[] => texts.filter((text): text is string => Boolean(text));

  const words: Record<Entry['kind'], (entry: Entry) => Omit<EntryWords, 'icon'>> = {
    activity: ({ type = '', subject, outcome, notes, next_step, due_on, done_at, standing = '', owner }) => ({
      headline: subject
        ? say(TIMELINE.activity, { type: names.choice('crm_activities', 'type', type) ?? type, subject })
        : (names.choice('crm_activities', 'type', type) ?? type),
      lines: filled([
        outcome,
        notes,
        next_step ? say(TIMELINE.nextStep, { text: next_step }) : null,
        filled([
          owner ? person(owner) : null,
          !done_at && due_on ? say(TIMELINE.planned, { day: formatDate(due_on, language) }) : null,
        ]).join(' · '),
      ]),
      badge: STANDING[standing] ? say(STANDING[standing]) : '',
    }),
    stage: ({ from_stage, to_stage, changed_by, move, reason }) => ({
      headline: say(from_stage ? TIMELINE.stage : TIMELINE.begun, {
        who: person(changed_by),
        from: stage(from_stage),
        to: stage(to_stage),
      }),
      lines: filled([reason]),
      badge: move === 'reversal' || move === 'back' || move === 'reopened' ? (names.choice('crm_stage_changes', 'kind', move) ?? '') : '',
    }),
    approval: ({ title = '', approval_kind = '', state = '', requested_by, decided_by, reason }) => ({
      headline: say(TIMELINE.approval, { kind: names.choice('crm_approvals', 'kind', approval_kind) ?? approval_kind, title }),
      lines: filled([
        reason,
        filled([
          say(TIMELINE.requested, { who: person(requested_by) }),
          decided_by ? say(TIMELINE.decided, { who: person(decided_by) }) : null,
        ]).join(' · '),
      ]),
      badge: names.choice('crm_approvals', 'state', state) ?? state,
    }),
    reveal: ({ user, field = '', purpose, reason, count }) => ({
      headline: say(TIMELINE.reveal, { who: person(user), field: names.field(collection(), field) }),
      lines: filled([listed(REASONS, purpose), reason, count && count > 1 ? say(TIMELINE.times, { count }) : null]),
      badge: '',
    }),
    audit: ({ user, action = '', before, after, reason }) => ({
      headline: say(TIMELINE.audit, { who: person(user), action: listed(ACTIONS, action) ?? action }),
      lines: filled([
        Object.keys({ ...before, ...after })
          .map((field) => names.field(collection(), field))
          .join('、'),
        listed(REASONS, reason) ?? reason,
      ]),
      badge: '',
    }),
  };

  return (entry) => ({
    icon: entry.kind === 'activity' ? (ACTIVITY_ICONS[entry.type ?? ''] ?? 'forum') : TIMELINE_KINDS[entry.kind].icon,
    ...words[entry.kind](entry),
  });
}
