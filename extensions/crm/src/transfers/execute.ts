import { setTimeout as wait } from 'node:timers/promises';
import type { Person } from '../segments/index.ts';
import { isBusy } from '../platform/api/busy.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { HostContext, Knex } from '../platform/api/host.ts';
import { forbidden } from '../platform/api/refusal.ts';
import { ROLE_IDS } from '../kernel/roles.ts';
import { carryOut } from './carry-out.ts';
import type { ExecuteRequest } from './contract.ts';
import { personalIn } from './personal-data.ts';
import type { TransferPorts } from './ports.ts';
import { transferRefusal } from './refuse.ts';
import { holdCustomer, worksIn } from './request.ts';
import { decideExecution } from './rules/execution.ts';
import { settleApproval } from './settle-approval.ts';
import { TRANSFERS, type TransferRow } from './transfer-row.ts';

export interface ExecutePorts extends TransferPorts {
  context: Pick<HostContext, 'database' | 'services' | 'getSchema' | 'env'>;
}

/** Who may name a transfer’s owner and carry it out across segments: group marketing (ORG-3, Q22). */
export const isGroupMarketing = ({ role }: Pick<Person, 'role'>): boolean => role === 'system_admin';

/**
 * Carries a transfer across segments out (ORG-3), as one transaction that is tried again where others are in the way: whoever works
 * on the customer at this moment goes first or comes after, and never loses by it.
 */
export async function executeTransfer(ports: ExecutePorts, actor: Actor, id: string, body: ExecuteRequest): Promise<TransferRow> {
  const { database } = ports.context;
  const row = await yielding(ports, actor, (transaction) => inTransaction(transaction, ports, actor, id, body));
  await forgetCached(ports);
  return database(TRANSFERS).where({ id: row }).first();
}

async function inTransaction(database: Knex, ports: ExecutePorts, actor: Actor, id: string, body: ExecuteRequest): Promise<string> {
  const found: TransferRow | undefined = await database(TRANSFERS).where({ id }).first();
  if (!found) throw forbidden();
  const customer = (await holdCustomer(database, found.customer))!;
  const transfer: TransferRow = await database(TRANSFERS).where({ id }).forNoKeyUpdate().first();
  if (transfer.from_segment === transfer.to_segment) throw transferRefusal('within_segment', actor.language);
  const owner = body.to_owner ?? transfer.named_owner ?? transfer.to_owner ?? (await headOf(database, transfer.to_segment));
  const decided = decideExecution({
    state: transfer.state,
    isUnmoved: customer.segment === transfer.from_segment,
    owner: owner ? { user: owner, fits: await worksIn(database, owner, transfer.to_segment) } : null,
    basis: body.basis ?? transfer.basis,
    withContacts: body.with_contacts ?? Boolean(transfer.with_contacts),
    personal: await personalIn(database, { customer: customer.id }, { ...customer }),
    sameCompany: await areOfOneCompany(database, customer.segment, transfer.to_segment),
  });
  if (!decided.accepted) throw transferRefusal(decided.reason, actor.language);
  if (transfer.state === 'requested') await settleApproval(database, ports, transfer, actor);
  const note = {
    with_contacts: !decided.value.erasesContacts && (body.with_contacts ?? Boolean(transfer.with_contacts)),
    ...(body.basis_note === undefined ? {} : { basis_note: body.basis_note }),
  };
  await carryOut(database, ports, { transfer, customer, executed: decided.value, actor, note });
  return transfer.id;
}

/** Who answers for a segment owns what comes to it, where nobody else is named: then somebody has to follow up. */
export async function headOf(database: Knex, segment: string): Promise<string | null> {
  const heads: { id: string }[] = await database('directus_users')
    .where({ role: ROLE_IDS.segment_head, status: 'active' })
    .andWhere(
      (here) =>
        void here
          .where({ crm_segment: segment })
          .orWhereIn('id', database('crm_user_segments').where({ crm_segment: segment }).whereNotNull('crm_user').select('crm_user')),
    )
    .orderByRaw('case when ?? = ? then 0 else 1 end', ['crm_segment', segment])
    .orderBy('id')
    .select('id');
  return heads[0]?.id ?? null;
}

export async function areOfOneCompany(database: Knex, ...segments: string[]): Promise<boolean> {
  const companies: (string | null)[] = await database('crm_segments').whereIn('id', segments).pluck('company');
  return companies.length === segments.length && companies[0] !== null && new Set(companies).size === 1;
}

const TRIES = 12;
const PAUSE_MS = 150;
/** Shorter than the second after which PostgreSQL looks for a deadlock: it is always the transfer that steps back. */
const PATIENCE_MS = 700;

/** PostgreSQL, when what is waited for does not come free in time. */
const isLate = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '55P03';

/** Runs `work` as one transaction that steps back and tries again rather than stand in anybody's way. */
export async function yielding<Result>(
  { context: { database } }: Pick<ExecutePorts, 'context'>,
  actor: Actor,
  work: (transaction: Knex) => Promise<Result>,
): Promise<Result> {
  const isPostgres = String(database.client.config.client).startsWith('pg');
  for (let tries = 1; ; tries += 1) {
    try {
      return await database.transaction(async (transaction) => {
        if (isPostgres) await transaction.raw(`SET LOCAL lock_timeout = '${PATIENCE_MS}ms'`);
        return work(transaction);
      });
    } catch (error) {
      if (!isBusy(error) && !isLate(error)) throw error;
      if (tries === TRIES) throw transferRefusal('busy', actor.language);
      await wait(PAUSE_MS * tries);
    }
  }
}

/** An answer that the host keeps for others would show the customer where it no longer is (F19). */
export async function forgetCached({ context: { services, getSchema, env } }: Pick<ExecutePorts, 'context'>): Promise<void> {
  if (String(env['CACHE_ENABLED']) !== 'true') return;
  const service = new services.UtilsService({ schema: await getSchema(), accountability: { admin: true } });
  await service.clearCache({ system: false });
}
