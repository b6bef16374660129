import type { Probe, ProbeRow } from './probe.ts';

export interface Answer {
  status: number;
  text: string;
}

/**
 * - `held`     the asker learns nothing, and the entitled caller shows that there was something to learn
 * - `shut`     nobody gets through this way
 * - `leak`     the asker learns or changes something
 * - `no_proof` the entitled caller saw no difference either, so the probe says nothing
 */
export type Verdict = 'held' | 'shut' | 'leak' | 'no_proof';

export interface Answers {
  /** The asker's, for the real row and for the ghost. */
  real: Answer;
  ghost: Answer;
  /** The entitled caller's. */
  entitledReal: Answer;
  entitledGhost: Answer;
}

/** The answer without what the asker put in: ids and texts of the row asked for. */
export function faceless({ status, text }: Answer, row: ProbeRow): string {
  const own = [row.id, ...row.links.map((link) => link.id), ...Object.values(row.values)].filter((word) => word.length > 3);
  return `${status} ${own.reduce((rest, word) => rest.replaceAll(word, '·'), text)}`;
}

/** GraphQL answers 200 and says in the body that nothing came of it. */
function isGraphqlRefusal(text: string): boolean {
  if (!text.startsWith('{') || !text.includes('"errors"')) return false;
  const { errors, data } = JSON.parse(text) as { errors?: unknown; data?: Record<string, unknown> | null };
  return Array.isArray(errors) && Object.values(data ?? {}).every((value) => value === null);
}

const isRefused = ({ status, text }: Answer) => status >= 400 || isGraphqlRefusal(text);
const isBroken = ({ status }: Answer) => status >= 500;

/** Decides about one probe; pure, so that the judge itself can be tested. */
export function judge(probe: Probe, answers: Answers, row: ProbeRow, ghost: ProbeRow): Verdict {
  const { real, ghost: blank, entitledReal, entitledGhost } = answers;
  if (isBroken(real) || isBroken(blank)) return 'leak';
  switch (probe.expect) {
    case 'shut':
      return isRefused(real) ? 'shut' : 'leak';
    case 'denied':
      if (!isRefused(real)) return 'leak';
      return isRefused(entitledReal) ? 'no_proof' : 'held';
    case 'blind':
    case 'sealable': {
      if (faceless(real, row) !== faceless(blank, ghost)) return 'leak';
      if (probe.verb !== 'read' && !(isRefused(real) && isRefused(blank))) return 'leak';
      if (faceless(entitledReal, row) !== faceless(entitledGhost, ghost)) return 'held';
      if (probe.expect === 'blind' || !isRefused(real)) return 'no_proof';
      return isRefused(entitledReal) ? 'shut' : 'held';
    }
  }
}
