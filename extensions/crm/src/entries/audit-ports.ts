import { AUDITOR_POLICY_ID } from '../../../../seed/access/identities.ts';
import type { AuditPorts } from '../audit/ports.ts';
import { maskOf } from '../audit/rules/image.ts';
import { isOfPerson, maskText, namesOf } from '../privacy/index.ts';

/** What the audit log is told by others: masks, and the policy of auditors. */
export const auditPorts: AuditPorts = {
  // The slice that seals gives the masks of its fields from here on; what it has sealed already comes as a mask.
  maskOf: (_collection, _field, value) => maskOf(value),
  maskText,
  namesOf,
  isOfPerson,
  auditorPolicy: AUDITOR_POLICY_ID,
};
