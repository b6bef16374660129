import { isOpen, missingNames, missingToAllocate, type LeadRow } from '../../pipeline/leads/index.ts';
import type { Row } from '../../platform/api/host.ts';
import type { Place } from '../../segments/index.ts';
import type { RowFault } from '../rules/row-fault.ts';
import { fault } from './forbidden-fields.ts';

/**
 * Why a line may not give a stored lead that nobody has to somebody (SAL-1, CUS-10): as on the form, one that is over is given to
 * nobody any more, and any other one is qualified and graded first, by this line or before.
 */
export function unreadyLead(stored: Row | null, own: Row, { owner }: Pick<Place, 'owner'>): RowFault | null {
  if (!stored || stored['owner'] || !owner) return null;
  const lead = { ...stored, ...own } as unknown as LeadRow;
  if (!isOpen(lead.status)) return fault('owner', 'lead_over');
  const missing = missingToAllocate(lead);
  return missing.length ? fault('owner', 'lead_unready', missingNames(missing)) : null;
}
