import type { Row } from '../platform/api/host.ts';
import { indexColumn, type SealedField } from './rules/sealed-fields.ts';

/**
 * A value that stays readable because its row is no person's is marked as written just now, in its index column, until
 * the same transaction has looked again: if the row has become a person's meanwhile, this write brought the clear text,
 * and not the change of kind.
 */
const MARK = '~';

export function markWritten(columns: Row, { field }: SealedField): Row {
  const column = indexColumn(field);
  return { ...columns, [column]: `${MARK}${String(columns[column])}` };
}

export const isMarked = (index: unknown): index is string => typeof index === 'string' && index.startsWith(MARK);
export const withoutMark = (index: string): string => index.slice(MARK.length);
