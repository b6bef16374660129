import { findListFault, findValueFault, type FieldShape, type ValueFault } from './field-shape.ts';
import { isPlainRecord } from './plain-values.ts';

/** What a collection's form may send: columns of the model or of the administrator, and lists of rows that point here. */
export interface PayloadShape {
  fieldOf(name: string): FieldShape | undefined;
  isList(name: string): boolean;
  /** Fields that exist without a column (groups, dividers, notices). */
  isDecoration(name: string): boolean;
}

export type PayloadFault = { reason: 'no_record' } | ({ field: string } & (ValueFault | { reason: 'unknown_field' }));

/** Rows in one nested list; larger work is an import. */
const LONGEST_LIST = 500;

/** The first thing in a written row that its collection cannot hold; null where all of it fits. Bad input. */
export function findPayloadFault(shape: PayloadShape, payload: unknown): PayloadFault | null {
  if (!isPlainRecord(payload)) return { reason: 'no_record' };
  for (const name of Object.getOwnPropertyNames(payload)) {
    const fault = fieldFault(shape, name, payload[name]);
    if (fault) return { field: name.slice(0, 64), ...fault };
  }
  return null;
}

function fieldFault(shape: PayloadShape, name: string, value: unknown): ValueFault | { reason: 'unknown_field' } | null {
  if (shape.isList(name)) return findListFault(value, LONGEST_LIST);
  const field = shape.fieldOf(name);
  if (field) return findValueFault(field, value);
  return shape.isDecoration(name) ? null : { reason: 'unknown_field' };
}
