import { createHash } from 'node:crypto';
import type { Row } from '../../platform/api/host.ts';
import { openValue, sealValue, type Subject } from '../../privacy/index.ts';
import type { ExportRow } from './export-row.ts';
import type { ExportOrder } from './make-export.ts';

/** What of an order says which rows and columns leave: everything that its row does not say, because it holds what was looked for. */
type Wish = Pick<ExportOrder, 'ids' | 'question'> & { fields: readonly string[] | null };

const FIELD = 'wish';

/** Seals what was asked for, as the host had read it at that moment: it is begun as it was approved, word for word. */
export const sealWish = (subject: Subject, { ids, question, fields }: Pick<ExportOrder, 'ids' | 'question' | 'fields'>): string =>
  sealValue(subject, FIELD, JSON.stringify({ ids, question, fields: fields ?? null } satisfies Wish));

/** What was asked for; null where it opens no more. */
export function openWish(subject: Subject, { wish }: Pick<ExportRow, 'wish'>): Wish | null {
  const opened = wish ? openValue(subject, FIELD, wish) : null;
  return opened?.accepted ? (JSON.parse(opened.value) as Wish) : null;
}

/** What an approval is bound to: list, rows and columns, format, reason, number of rows, and who the maker is for the row rules. */
export function fingerprintOf(row: ExportRow, standing: string): string {
  const { status, collection, format, reason, approved_rows, wish, owner } = row;
  const said: Row = { status, collection, format, reason, rows: Number(approved_rows), wish, owner, standing };
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
