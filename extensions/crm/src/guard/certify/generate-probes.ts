import { COLLECTIONS, type CollectionInfo } from '../../kernel/collections.ts';
import type { Probe, ProbeRow } from './probe.ts';
import { readProbes } from './read-probes.ts';
import { writeProbes } from './write-probes.ts';

export interface ProbeOrder {
  /** A row that the asker must not read, or may read but not change. */
  row: ProbeRow;
  /** Whether the asker must not read it. */
  hidden: boolean;
  /** Whether the asker must not change it. */
  fixed: boolean;
  /** Whether the row may be lost if a probe should succeed; otherwise nothing is asked to delete it. */
  expendable: boolean;
  model?: Readonly<Record<string, CollectionInfo>>;
}

/**
 * All probes for one row, generated from the model (N1): a new collection or relation is covered by itself. Pure; ask the
 * same order with `ghostOf(row)` for the twins, they come in the same sequence.
 */
export function generateProbes({ row, hidden, fixed, expendable, model = COLLECTIONS }: ProbeOrder): Probe[] {
  const writes = fixed ? writeProbes(row, model) : [];
  return [
    ...(hidden ? readProbes(row, model) : []),
    ...writes.filter(({ verb }) => (verb === 'delete' ? expendable : verb === 'update' || hidden)),
  ];
}
