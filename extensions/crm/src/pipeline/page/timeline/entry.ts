export type Kind = 'activity' | 'stage' | 'approval' | 'reveal' | 'audit';

interface Named {
  id: string;
  name: string | null;
}

/** One thing that happened, as the timeline route says it; a person or a stage that the reader may not know has no name. */
export interface Entry {
  at: string;
  kind: Kind;
  id: string;
  about?: { collection: string; id: string; title: string | null };
  type?: string;
  subject?: string | null;
  notes?: string | null;
  outcome?: string | null;
  next_step?: string | null;
  due_on?: string | null;
  done_at?: string | null;
  standing?: string;
  owner?: Named | null;
  from_stage?: Named | null;
  to_stage?: Named | null;
  changed_by?: Named | null;
  move?: string | null;
  reason?: string | null;
  /** The reason of a look that was picked from the list; `other` where it was typed. */
  purpose?: string | null;
  state?: string;
  title?: string;
  approval_kind?: string;
  requested_by?: Named | null;
  decided_by?: Named | null;
  field?: string;
  count?: number | null;
  user?: Named | null;
  action?: string;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

export interface TimelinePage {
  entries: Entry[];
  next: string | null;
}

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** How long ago, in words: "3 天前", "in 2 days". */
export function ago(iso: string, now: Date, language: string): string {
  const seconds = Math.round((Date.parse(iso) - now.getTime()) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, length] of UNITS) if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  return format.format(0, 'second');
}
