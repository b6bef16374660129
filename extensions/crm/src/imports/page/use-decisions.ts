import { computed, ref, watch, type Ref } from 'vue';
import type { ImportAnswer } from '../answers.ts';

export interface CommitBody {
  suspects: 'skip' | 'new';
  lines: Record<string, string>;
}

/** What is to become of suspected duplicates: one word for all of them, and one for a line of its own (DQ-5). */
export function useDecisions(counts: Ref<ImportAnswer['counts']>) {
  const suspects = ref<CommitBody['suspects']>('skip');
  const lines = ref<Record<string, string>>({});
  // What was decided has been done: it is not decided again.
  watch(
    () => counts.value.suspect,
    () => (lines.value = {}),
  );
  /** Only what differs from the word for all: a line that is left alone comes back with the rest of the file. */
  const body = computed<CommitBody>(() => ({
    suspects: suspects.value,
    lines: Object.fromEntries(Object.entries(lines.value).filter(([, decision]) => decision !== suspects.value)),
  }));
  /** How many suspected rows go in. */
  const taken = computed(() => {
    const own = Object.values(body.value.lines);
    const skipped = own.filter((decision) => decision === 'skip').length;
    return suspects.value === 'new' ? counts.value.suspect - skipped : own.length - skipped;
  });
  return { suspects, lines, body, taken };
}
