import { hasUnstorableText, isMoment, isUuid } from './plain-values.ts';

const FLAGS = new Set(['_null', '_nnull', '_empty', '_nempty']);
const PARTS_OF_TEXT = /contains|starts_with|ends_with|regex|_n?ieq$/;
const LARGEST_INTEGER = 2 ** 31;

/** Whether a filter may compare a column of the host's `type` with `value`; lists and comma lists by each entry. */
export function filterValueFits(type: string, operator: string, value: unknown): boolean {
  if (FLAGS.has(operator) || value === null || value === undefined) return true;
  if (PARTS_OF_TEXT.test(operator)) return typeof value === 'string' && !hasUnstorableText(value);
  const isList = /_n?in$|between$/.test(operator);
  const values = Array.isArray(value) ? value.flat() : isList && typeof value === 'string' ? value.split(',') : [value];
  return values.every((one) => one === null || one === undefined || one === '' || oneFits(type, one));
}

function oneFits(type: string, value: unknown): boolean {
  if (typeof value === 'string' && hasUnstorableText(value)) return false;
  switch (type) {
    case 'uuid':
      return isUuid(value);
    case 'integer':
      return Number.isInteger(Number(value)) && Math.abs(Number(value)) < LARGEST_INTEGER;
    case 'bigInteger':
      return Number.isSafeInteger(Number(value));
    case 'float':
    case 'decimal':
      return Number.isFinite(Number(value));
    case 'boolean':
      return ['boolean', 'number'].includes(typeof value) || value === 'true' || value === 'false' || value === '1' || value === '0';
    case 'date':
    case 'dateTime':
    case 'timestamp':
      return isMoment(value);
    default:
      return ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date;
  }
}
