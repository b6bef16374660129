import type { Row } from '../../platform/api/host.ts';
import { blindIndexes } from '../../privacy/index.ts';
import type { RowFault } from '../rules/row-fault.ts';
import { contradictsContact } from '../rules/same-contact.ts';
import { maskedFault } from '../rules/take-masks.ts';
import { forbiddenFields } from './forbidden-fields.ts';
import { CHOSEN, type JudgedLine, type Judging } from './import-record.ts';

type Stored = Row & { id: string };

/** Over which contact a line of a table of customers goes, null for a new one; or why it does not, or that a person decides. */
export type ContactDecision = { stored: Stored | null } | RowFault[] | 'suspect';

/**
 * Decides which contact a line is about: the one of that name below the customer (DQ-5). Where two bear it, or the one has
 * another number or mail, it may be somebody else, and a person decides. Whoever chose the customer has looked at its contacts;
 * whoever chose a line of another contact as new wants a new one.
 *
 * @param contact what the line says of the person.
 * @param standing the contacts of the customer.
 */
export function planContact(
  work: Pick<Judging, 'ring' | 'writable'>,
  { staged, content }: JudgedLine,
  contact: Row,
  standing: readonly Stored[],
): ContactDecision {
  const isChosen = staged.matched_by === CHOSEN;
  const named = isChosen && staged.company_line !== null ? [] : standing.filter(({ name }) => name === contact['name']);
  const [only = null] = named;
  const contradicts = only && contradictsContact(contact, only, (mask, value) => blindIndexes(work.ring, mask, value));
  if (!isChosen && (named.length > 1 || contradicts)) return 'suspect';
  const stored = named.length === 1 ? only : null;
  if (!stored) {
    const masked = (content.masked ?? []).filter(({ target }) => target?.startsWith('contact.'));
    if (masked.length) return masked.map(maskedFault);
  }
  // By its name the contact was found: it is not written anew.
  const sent = Object.keys(contact).filter((field) => !stored || field !== 'name');
  const refused = forbiddenFields(work, 'crm_contacts', stored ? 'update' : 'create', sent, 'contact.');
  return refused.length ? refused : { stored };
}
