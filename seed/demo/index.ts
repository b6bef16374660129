import { ROLE_NAMES } from '../../extensions/crm/src/kernel/roles.ts';
import type { Keyring } from '../../extensions/crm/src/platform/api/keyring.ts';
import { keysOf } from '../../extensions/crm/src/platform/api/keys.ts';
import { SEALED_COLLECTIONS } from '../../extensions/crm/src/privacy/index.ts';
import { findStartPage } from '../../extensions/crm/src/welcome/start-page.ts';
import type { RunContext, SeedPart } from '../installer/parts.ts';
import { planDemo } from './plan/index.ts';
import { readJudge, readReference } from './reference.ts';
import { dayOf } from './workdays.ts';
import { stampRequests } from './stamp-requests.ts';
import { nameGroup, nameLeaders, toUserRow, writeFiles, writeRows, writeSealed } from './write.ts';

/** One argon2 hash serves all demo log-ins: they share the password anyway, and each hash takes a tenth of a second. */
async function hashPassword({ services, schema, database, env }: RunContext): Promise<string> {
  const password = env['CRM_DEMO_PASSWORD'];
  if (typeof password !== 'string' || !password) throw new Error('CRM_DEMO_PASSWORD is empty: the demo needs a password for its log-ins');
  const Payload = services['PayloadService'] as unknown as new (
    collection: string,
    options: object,
  ) => { transformers: { hash(options: object): Promise<string> } };
  return new Payload('directus_users', { schema, knex: database }).transformers.hash({ action: 'create', value: password });
}

/** The demo's people are made up, but what stands in the database is sealed like anybody's. */
function requireKeys(env: RunContext['env']): Keyring {
  const ring = keysOf(env).ring();
  if (!ring.accepted) throw new Error('CRM_KEYS cannot be read: the demo needs a key to seal numbers and mailboxes with');
  return ring.value;
}

/** Writes the demo group (contract.md, "Demo group") in one transaction: all of it stands, or nothing. */
async function seedDemo(context: RunContext): Promise<number> {
  const { database, schema, services, now, progress } = context;
  const today = dayOf(now);
  const passwordHash = await hashPassword(context);
  const ring = requireKeys(context.env);
  return database.transaction(async (trx) => {
    const plan = planDemo(today, await readReference(trx), await readJudge(trx));
    const pages = await Promise.all(ROLE_NAMES.map(async (role) => [role, await findStartPage(trx, role)] as const));
    const people = plan.staff.map((person) => toUserRow(person, { passwordHash, startPages: new Map(pages) }));

    let count = 0;
    for (const [collection, rows] of plan.rows) {
      // People stand behind everything but the group itself.
      if (collection === 'crm_products') count += await writeRows(trx, schema, 'directus_users', people);
      if (collection === 'crm_attachments') {
        const Files = services['FilesService'] as unknown as new (options: object) => Parameters<typeof writeFiles>[1];
        count += await writeFiles(trx, new Files({ schema, knex: trx }), plan.files, today);
      }
      const isGroup = collection === 'crm_companies' || collection === 'crm_segments';
      if (SEALED_COLLECTIONS.includes(collection)) count += await writeSealed(trx, schema, collection, rows, { ring, now });
      else count += await (isGroup ? nameGroup : writeRows)(trx, schema, collection, rows);
      progress(`${collection}: ${rows.length}`);
    }
    await stampRequests(trx, plan.approvals, { ring, now });
    await nameLeaders(trx, plan);
    return count;
  });
}

/** The demo group; only with CRM_DEMO=true. */
export const demoParts: SeedPart[] = [{ kind: 'run', scope: 'demo', name: 'demo', version: '1', run: seedDemo }];
