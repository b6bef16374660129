import { createHash } from 'node:crypto';
import type { Clock } from '../platform/api/clock.ts';
import type { HostContext, Knex, Row } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { withOrigin } from '../platform/api/origin.ts';
import { auditImages } from './image.ts';
import { LOG, type Journal } from './journal.ts';
import type { AuditPorts } from './ports.ts';
import { rightsLogged } from './rights-history.ts';
import { canonical } from './rules/canonical.ts';
import { difference, type Image } from './rules/image.ts';
import { OF_PEOPLE, RIGHTS_COLLECTIONS, rightsImage, type RightsState } from './rules/rights.ts';
import type { Duty } from './sealer.ts';

/** Of people only what bears on rights: who logs in or changes a password is no reason for a long look. */
const rowsOf = (database: Knex, collection: string): Promise<Row[]> =>
  collection === 'directus_users' ? database(collection).select(OF_PEOPLE) : database(collection).select();

/** All rights as they stand, in one short text; much cheaper than comparing them with the log. */
async function fingerprint(database: Knex): Promise<string> {
  const hash = createHash('sha256');
  for (const collection of RIGHTS_COLLECTIONS) {
    const rows = (await rowsOf(database, collection)).map((row) => JSON.stringify(row)).sort();
    hash.update(JSON.stringify([collection, rows]));
  }
  return hash.digest('base64');
}

async function standing({ database, getSchema }: HostContext, ring: Keyring, ports: AuditPorts): Promise<RightsState> {
  const schema = await getSchema();
  const toImage = auditImages(ring, ports);
  const state: RightsState = {};
  for (const collection of RIGHTS_COLLECTIONS) {
    const rows = await rowsOf(database, collection);
    state[collection] = Object.fromEntries(
      rows.map((row) => [String(row['id']).toLowerCase(), rightsImage(collection, toImage(collection, row, schema))]),
    );
  }
  return state;
}

interface Stray {
  collection: string;
  item: string;
  was: Image | null;
  is: Image | null;
}

/** Rows whose rights are not what the log says they are. */
function strays(logged: RightsState, live: RightsState): Map<string, Stray> {
  const found = new Map<string, Stray>();
  for (const collection of RIGHTS_COLLECTIONS) {
    const [was, is] = [logged[collection] ?? {}, live[collection] ?? {}];
    for (const item of new Set([...Object.keys(was), ...Object.keys(is)])) {
      const pair = { collection, item, was: was[item] ?? null, is: is[item] ?? null };
      if (!pair.was || !pair.is || difference(pair.was, pair.is)) found.set(`${collection}/${item}`, pair);
    }
  }
  return found;
}

/**
 * After every start and once a minute: what the log does not know yet of the rights as they stand is written down. The first
 * time that is all of them, so that "who had what on day D" has an answer from then on; later it is what an upgrade, a
 * command or a hand in the database changed past the API.
 */
export function observeRights(context: HostContext, journal: Journal, ports: AuditPorts, clock: Clock, everyMs: number): Duty {
  const { database } = context;
  let next = 0;
  /** The rights of which the log is known to say the same. */
  let agreed = '';

  // Live rows first, and the log without an end: what came in between, or while a clock was ahead, is in the log by then.
  async function look(ring: Keyring) {
    const live = await standing(context, ring, ports);
    return strays(await rightsLogged(database), live);
  }

  async function write(ring: Keyring): Promise<void> {
    const first = await look(ring);
    if (!first.size) return;
    // Looked at twice: a change whose entry was on its way is not taken for one that nobody logged.
    const second = await look(ring);
    const lasting = [...second].filter(([key, stray]) => canonical(first.get(key)) === canonical(stray)).map(([, stray]) => stray);
    const action = (await database(LOG).where({ action: 'baseline' }).first('id')) ? 'observed' : 'baseline';
    const events: Parameters<Journal['write']>[1][number][] = [];
    for (const [collection, some] of Map.groupBy(lasting, (stray) => stray.collection)) {
      const items = some.map(({ item }) => item);
      const last = await journal.lastOf(database, collection, items);
      for (const { item, was, is } of some) {
        const { before, after } = (was && is && difference(was, is)) || { before: was, after: is };
        events.push({ action, collection, item, before, after: action === 'baseline' ? is : after, nth: (last.get(item) ?? 0) + 1 });
      }
    }
    await withOrigin({ kind: 'server' }, () => journal.write(database, events));
  }

  const wait = () => {
    next = clock.now().getTime() + everyMs;
  };
  return {
    async isDue(ring) {
      if (clock.now().getTime() < next) return false;
      const print = await fingerprint(database);
      if (print !== agreed && (await look(ring)).size) return true;
      agreed = print;
      wait();
      return false;
    },
    async run(ring) {
      await write(ring);
      wait();
    },
  };
}
