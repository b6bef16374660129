import type { Row } from '../platform/api/host.ts';
import { indexColumn, type SealedField } from './rules/sealed-fields.ts';

/**
 * A value that stays readable because its row is no person's is marked as written just now, in its index column, which is empty otherwise, until
 * the same transaction has looked again: if the row has become a person's meanwhile, this write brought the clear text,
 * and not the change of kind.
 */
const MARK = '~';

export function markWritten(columns: Row, { field }: SealedField): Row {
  return { ...columns, [indexColumn(field)]: MARK };
}

export const isMarked = (index: unknown): boolean => index === MARK;
