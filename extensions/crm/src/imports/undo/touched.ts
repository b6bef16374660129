import type { Row } from '../../platform/api/host.ts';
import type { RowImage } from '../commit/image.ts';
import type { StagedRow, Work } from '../commit/import-record.ts';
import { openPart } from '../staging.ts';

/** One row that a line touched, as it was before the import and as the import left it. */
export interface Touched {
  line: StagedRow;
  collection: string;
  item: string;
  before: Row | null;
  after: Row | null;
  /** The batch whose check it waited for before. */
  mark: string | null;
}

/** What a line touched, from its journal; the last thing that it did comes first. */
export function touchedBy({ subject }: Pick<Work, 'subject'>, line: StagedRow): Touched[] {
  if (!line.image_before || !line.image_after) return [];
  const before = openPart<RowImage[]>(subject, line.id, 'image_before', line.image_before);
  const after = openPart<RowImage[]>(subject, line.id, 'image_after', line.image_after);
  if (!before.accepted || !after.accepted) throw new Error(`The journal of line ${line.line} does not open`);
  return before.value
    .map((image, at) => ({ line, ...image, mark: image.mark ?? null, before: image.row, after: after.value[at]!.row }))
    .reverse();
}
