import { updateLogged } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { RequestRow } from './request-row.ts';

const FREEZES = 'crm_freezes';

/** A freeze that was early has its form now (Q17); whoever leaves needs no second one. */
export async function formIsFiled(database: Knex, { id, user, kind }: RequestRow): Promise<void> {
  if (kind !== 'freeze' && kind !== 'close') return;
  await updateLogged(database, FREEZES, (rows) => rows.where({ user, state: 'frozen', early: true }).whereNull('access_request'), {
    access_request: id,
  });
}

/** The form came to nothing: the freeze has none again. */
export const formIsGone = (database: Knex, request: string): Promise<void> =>
  updateLogged(database, FREEZES, (rows) => rows.where({ access_request: request, state: 'frozen', early: true }), {
    access_request: null,
  });
