/** B9: what the check of a log-in's state costs a request, in process: the gate itself, on a database of its own. */
import { randomUUID } from 'node:crypto';
import { registerSignInGate } from '../extensions/crm/src/guard/sign-in-gate.ts';
import { ROLE_IDS } from '../extensions/crm/src/kernel/roles.ts';
import { modelInMemory } from '../tests/harness/model-in-memory.ts';
import { median, type Bench } from './bench.ts';

const BUDGET_MICROSECONDS = 50;
const MICRO = 1000;
const PEOPLE = 100;

type Check = (accountability: object, meta: { req: object }) => Promise<unknown>;

/** The host's filter, as the gate registers it. */
function gateOn(database: Parameters<typeof registerSignInGate>[1]['database']): Check {
  const checks: Check[] = [];
  const register = {
    filter: (event: string, handler: Check) => void (event === 'authenticate' && checks.push(handler)),
    action: () => undefined,
    init: () => undefined,
  };
  const logger = { error: console.error };
  registerSignInGate(register as never, { database, env: {}, logger } as never);
  return checks[0]!;
}

const tokenOf = (id: string): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { id, role: ROLE_IDS.sales_rep, app_access: true, admin_access: false, iat: 1_800_000_000, iss: 'directus' };
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.signature`;
};

export const freeze: Bench = {
  name: 'freeze',
  budget: 'B9',
  smallRows: 1000,
  fullRows: 200_000,
  async run({ rows, rounds }, progress) {
    const database = await modelInMemory(['crm_freezes']);
    try {
      const ids = Array.from({ length: PEOPLE }, () => randomUUID());
      for (const id of ids) await database('directus_users').insert({ id, role: ROLE_IDS.sales_rep, status: 'active' });
      const tokens = ids.map(tokenOf);
      const check = gateOn(database);
      const ask = (token: string) =>
        check({ user: null, ip: '127.0.0.1' }, { req: { token, path: '/items/crm_customers', headers: {}, cookies: {} } });
      const read: number[] = [];
      const known: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        progress(`round ${round + 1} of ${rounds}`);
        // Nothing that was read a second ago counts any more.
        if (round) await new Promise((resolve) => setTimeout(resolve, 1100));
        const begun = performance.now();
        for (const token of tokens) await ask(token);
        const asked = performance.now();
        read.push(((asked - begun) / PEOPLE) * MICRO);
        let waited = 0;
        let done = 0;
        // In slices of less than a second, with a read that is not measured before each.
        while (done < rows) {
          for (const token of tokens) await ask(token);
          const from = performance.now();
          for (; done < rows && performance.now() - from < 500; done += 1) await ask(tokens[done % PEOPLE]!);
          waited += performance.now() - from;
        }
        known.push((waited / rows) * MICRO);
      }
      const note = `reading it anew, once a second for each person: ${median(read).toFixed(0)} µs`;
      return [{ what: 'the check of a request', value: median(known), budget: BUDGET_MICROSECONDS, unit: 'µs', rounds: known, note }];
    } finally {
      await database.destroy();
    }
  },
};
