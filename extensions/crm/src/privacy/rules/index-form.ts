import { readEmail } from '../../kernel/text/email.ts';
import { readPhone } from '../../kernel/text/phone.ts';
import { toPlain } from '../../kernel/text/plain.ts';
import type { MaskKind } from './sealed-fields.ts';

const FORMS: Record<MaskKind, (value: string) => string> = {
  phone: (value) => {
    const reading = readPhone(value);
    return reading.ok ? reading.value : toPlain(value);
  },
  email: (value) => {
    const reading = readEmail(value);
    return reading.ok ? reading.value : toPlain(value).toLowerCase();
  },
  handle: (value) => toPlain(value).toLowerCase(),
};

/** The one form in which two people type the same number, address or name: what the keyed index is made of (Q7). */
export const toIndexForm = (kind: MaskKind, value: string): string => FORMS[kind](value);
