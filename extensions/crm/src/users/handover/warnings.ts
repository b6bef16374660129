import type { Language } from '../../platform/api/actor.ts';
import { say } from '../../platform/api/say.ts';
import type { Warning } from './contract.ts';
import { WARNINGS, type WarningReason } from './locale/refusals.ts';
import type { HandoverPlan } from './plan.ts';

/** What somebody should look at before, or know after: rules that match nothing, and what stays. */
export function warningsOf({ rules, rest, postsLeft, split }: HandoverPlan, named: number, language: Language): Warning[] {
  const warning = (reason: WarningReason, values: Record<string, number>): Warning => ({
    ...{ reason, rule: values['rule'] ?? null, message: say(WARNINGS[reason], language, values) },
  });
  const empty = rules.flatMap(({ roots, posts }, place) =>
    posts.length || [...roots.values()].some((rows) => rows.length) ? [] : [warning('rule_matches_nothing', { rule: place + 1 })],
  );
  const left = [...rest.values()].reduce((sum, rows) => sum + rows.length, 0) - split;
  const counted: [WarningReason, number][] = [
    ['left', left],
    ['posts_left', postsLeft.length],
    ['file_shared', split],
    ['named', named],
  ];
  return [...empty, ...counted.flatMap(([reason, count]) => (count > 0 ? [warning(reason, { count })] : []))];
}
