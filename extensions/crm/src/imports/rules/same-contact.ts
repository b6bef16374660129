import { sealedFieldsOf, type SealedField } from '../../privacy/rules/sealed-fields.ts';

type Row = Readonly<Record<string, unknown>>;

/** By these two people of one name are told apart: somebody's messenger name changes, and so do positions. */
const TELLING: readonly SealedField[] = sealedFieldsOf('crm_contacts').filter(({ field }) => field === 'phone' || field === 'email');

/**
 * Whether a stored contact of the same name is somebody else by its number or mail (DQ-5): then a person decides. What either
 * side leaves open contradicts nothing.
 *
 * @param stored the row with its keyed indexes.
 * @param indexes every index under which a value may stand.
 */
export const contradictsContact = (
  said: Row,
  stored: Row,
  indexes: (mask: SealedField['mask'], value: string) => readonly string[],
): boolean =>
  TELLING.some(({ field, mask }) => {
    const [value, index] = [said[field], stored[`${field}_index`]];
    return typeof value === 'string' && typeof index === 'string' && !indexes(mask, value).includes(index);
  });
