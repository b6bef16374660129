import { isMask, isMaskOf } from '../../privacy/rules/mask.ts';
import { sealedFieldsOf } from '../../privacy/rules/sealed-fields.ts';
import type { RowFault } from './row-fault.ts';

/** A cell in which the mask of a sealed value stands, as an export writes it. */
export type MaskedCell = Pick<RowFault, 'column' | 'target'>;

/** A line that was read, as far as masks go. */
interface Line {
  values: Record<string, Record<string, unknown>>;
  faults: RowFault[];
  masked: MaskedCell[];
}

/**
 * Takes masks out of a line (SEC-1, SEC-5): an export shows sealed values as masks, and when its table comes back a mask says
 * that nothing was changed. It is never a value: written down it would destroy the number behind it. A text that only
 * looks like one is a fault.
 *
 * @param at where a field of the line stands.
 */
export function takeMasks(read: Line, at: (field: string) => MaskedCell): void {
  for (const [collection, values] of Object.entries(read.values))
    for (const { field, mask } of sealedFieldsOf(collection)) {
      if (!isMask(values[field])) continue;
      const cell = at(`${collection}.${field}`);
      if (isMaskOf(mask, values[field])) read.masked.push(cell);
      else read.faults.push(maskedFault(cell));
      delete values[field];
    }
}

/** In a row that is to be made a mask says nothing: there is no value behind it. */
export const maskedFault = ({ column, target }: MaskedCell): RowFault => ({ column, target, reason: 'masked' });
