import type { RecordAudit } from '../platform/api/audit-port.ts';
import { changeLog } from '../platform/api/change-log.ts';

/** A look at a sealed value in the audit log: which field, never what stood there (SEC-5). */
export const recordAudit: RecordAudit = (transaction, { action, collection, item, field, segment, reason }) =>
  changeLog().event(transaction, { action, collection, item, segment, reason, after: { field } });
