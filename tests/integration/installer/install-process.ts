/** A process of its own that installs into the database of its environment, for `run-install.ts`; it can kill itself on the way. */
import getDatabase from '@directus/api/database/index';
import * as services from '@directus/api/services/index';
import { getSchema } from '@directus/api/utils/get-schema';
import { toHost } from '../../../schema-snapshots/to-host.ts';
import { allParts } from '../../../seed/installer/all-parts.ts';
import type { InstallHost } from '../../../seed/installer/host-door.ts';
import { InstallRefusal } from '../../../seed/installer/install-refusal.ts';
import { install } from '../../../seed/installer/install.ts';
import type { InstallOrder } from './run-install.ts';
import { VARIANTS } from './variants.ts';

const order = JSON.parse(process.env['CRM_INSTALL_ORDER'] ?? '{}') as InstallOrder;
const database = getDatabase();
const host = { services, getSchema, database, env: process.env } as unknown as InstallHost;
const change = VARIANTS[order.variant ?? 'ours'];

let lines = 0;
const say = (line: string) => {
  process.stdout.write(`${line}\n`);
  lines += 1;
  if (lines !== order.killAtLine) return;
  if (order.killAfterMs === undefined) process.kill(process.pid, 'SIGKILL');
  else setTimeout(() => process.kill(process.pid, 'SIGKILL'), order.killAfterMs);
};

try {
  const input = change({ model: toHost(), parts: (await allParts(database)).filter((part) => part.kind !== 'run'), fills: {} });
  const report = await install(host, input, {
    place: order.place ?? 'own',
    demo: false,
    check: order.check === true,
    repair: order.repair === true,
    say,
  });
  process.stdout.write(`REPORT ${JSON.stringify(report)}\n`, () => process.exit(0));
} catch (error) {
  const text = error instanceof InstallRefusal ? `REFUSED ${error.in('en-US')}` : String((error as Error).stack);
  process.stdout.write(`${text}\n`, () => process.exit(1));
}
