import type { RowFault, RowReason } from '../rules/row-fault.ts';
import type { Work } from './import-record.ts';

/** A fault that the writing finds: about a field, wherever its column is. */
export const fault = (target: string | null, reason: RowReason, values?: RowFault['values']): RowFault => ({
  column: null,
  target,
  reason,
  ...(values ? { values } : {}),
});

/** The fields of a line that the importer may not send, as a form would refuse them. */
export function forbiddenFields(
  { writable }: Pick<Work, 'writable'>,
  collection: string,
  action: 'create' | 'update',
  fields: readonly string[],
  prefix = '',
  target?: string,
): RowFault[] {
  const allowed = writable(collection, action);
  if (!allowed) return [];
  return fields.filter((field) => !allowed.has(field)).map((field) => fault(target ?? `${prefix}${field}`, 'not_permitted'));
}
