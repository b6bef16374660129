import { updateLogged } from '../platform/api/change-log.ts';
import type { Row } from '../platform/api/host.ts';
import type { AfterWrite } from '../platform/api/write-pipeline.ts';

/** A customer has one main contact at most; the latest choice counts. The customer is held by now. */
export async function keepOneMainContact({ database, item, action }: AfterWrite, contact: Row | undefined): Promise<void> {
  if (action === 'delete' || !contact?.['is_primary']) return;
  const customer = contact['customer'] as string;
  await updateLogged(database, 'crm_contacts', (rows) => rows.where({ customer, is_primary: true }).whereNot({ id: item }), {
    is_primary: false,
  });
}
