import type { Row } from '../platform/api/host.ts';

/** What `entries/` hands to this slice. */
export interface AuditPorts {
  /** The mask of a sealed or personal value; the slice that seals decides what it shows. */
  maskOf(collection: string, field: string, value: unknown, row: Row): string;
  /** Fields that name a person in some rows of a collection, and a company in others. */
  namesOf(collection: string): readonly string[];
  /** Whether a row, or what of it is at hand, is a person's: its names are personal then. */
  isOfPerson(collection: string, row: Row): boolean;
  /** A text of a person, with what looks like a number or an address in it as a mask: nothing is erased from the log. */
  maskText(text: string): string;
  /** The policy of auditors, who read the log without a role of the CRM. */
  auditorPolicy: string;
}
