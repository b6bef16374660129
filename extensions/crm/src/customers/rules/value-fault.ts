import type { CreditCodeReason } from '../../kernel/text/credit-code.ts';
import type { DateReason } from '../../kernel/text/date.ts';
import type { EmailReason } from '../../kernel/text/email.ts';
import type { PhoneReason } from '../../kernel/text/phone.ts';
import type { PostcodeReason } from '../../kernel/text/postcode.ts';
import type { WebsiteReason } from '../../kernel/text/website.ts';

/** Every reason why a typed value is not stored; each has a text in both languages (locale/value-texts.ts). CUS-7. */
export type ValueReason =
  | `credit_code.${CreditCodeReason}`
  | `phone.${Exclude<PhoneReason, 'empty'>}`
  | `email.${Exclude<EmailReason, 'empty'>}`
  | `postcode.${PostcodeReason}`
  | `website.${WebsiteReason}`
  | `date.${DateReason}`
  | 'not_yet'
  | 'time_zone'
  | 'blank'
  | 'negative'
  | 'employees'
  | 'percent'
  | 'weight'
  | 'period'
  | 'too_long'
  | 'merged'
  | 'unknown_customer_field'
  | 'unknown_contact_field'
  | 'unknown_opportunity_field'
  | 'own_parent'
  | 'parent_cycle'
  | 'ends_before_start'
  | 'not_in_force'
  | 'tag_switched_off'
  | 'tag_twice';

/** A value that is not stored: where it stands on the form that was sent, and why. */
export interface ValueFault {
  collection: string;
  field: string;
  reason: ValueReason;
  values?: Record<string, string | number>;
  /** For a row in a list of the form: where in it (`contacts.phone`), and by what a person knows the row. */
  within?: { path: string; row: string | null };
}
