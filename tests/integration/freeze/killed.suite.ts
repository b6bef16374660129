import { expect, test } from 'vitest';
import type { Deadly, killer } from '../../harness/killer.ts';
import type { World } from '../access/world.ts';
import { credentialsOf, enter, freeze, hire, openOnes, thaw } from './credentials.ts';

const ROW = 'insert into .crm_freezes';

/** The moments at which the process dies; at the last one all of it stands already. */
const MOMENTS: [name: string, deadly: Deadly][] = [
  ['before the suspension', { after: ROW, at: 'update .directus_users' }],
  ['before it is committed', { after: ROW, at: '^commit' }],
  ['when it is committed', { after: ROW, at: '^commit', isDone: true }],
];

const THAWED = 'update .crm_freezes';

const THAW_MOMENTS: typeof MOMENTS = [
  ['before the account is opened', { after: THAWED, at: 'update .directus_users' }],
  ['before it is committed', { after: THAWED, at: '^commit' }],
  ['when it is committed', { after: THAWED, at: '^commit', isDone: true }],
];

/** ACC-9, N4: all or nothing, whenever the process dies. */
export function killedSuite(world: () => World, death: ReturnType<typeof killer>): void {
  test('ACC-9, N4: killed in the middle of a freeze, nothing of it stands; once committed, everything is dead', async () => {
    const { host, as, segment } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const credentials = await credentialsOf(world(), person);
    const names = credentials.map(({ name }) => name);
    const standing = async () => ({
      rows: await host.database('crm_freezes').where({ user: person.id }).pluck('state'),
      logged: (await host.database('crm_audit').where({ item: person.id })).length,
      status: (await world().row('directus_users', person.id))['status'],
    });
    const before = await standing();
    expect(before).toMatchObject({ rows: [], status: 'active' });
    for (const [name, deadly] of MOMENTS) {
      death.arm(deadly);
      const answer = await freeze(as.adminA, person.id).catch(() => null);
      death.disarm();
      expect(answer, `${name}: ${answer?.text}`).toBeNull();
      await host.crash();
      if (deadly.isDone) continue;
      expect(await standing(), name).toEqual(before);
    }
    expect(await standing()).toEqual({ rows: ['frozen'], logged: before.logged + 1, status: 'suspended' });
    expect([names.length > 0, await openOnes(credentials, host.url)]).toEqual([true, []]);
    expect(await host.database('directus_sessions').where({ user: person.id })).toEqual([]);
  });

  test('ACC-9, N4: killed in the middle of a thaw, the freeze stands whole; once committed, old credentials are dead all the same', async () => {
    const { host, as, segment } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const credentials = await credentialsOf(world(), person);
    expect((await freeze(as.adminA, person.id)).status).toBe(200);
    const standing = async () => ({
      rows: await host.database('crm_freezes').where({ user: person.id }).pluck('state'),
      logged: (await host.database('crm_audit').where({ item: person.id, action: 'update' })).length,
      status: (await world().row('directus_users', person.id))['status'],
      notes: (await host.database('directus_notifications').where({ recipient: person.id })).length,
    });
    const before = await standing();
    expect(before).toMatchObject({ rows: ['frozen'], status: 'suspended' });
    for (const [name, deadly] of THAW_MOMENTS) {
      death.arm(deadly);
      const answer = await thaw(as.adminA, person.id).catch(() => null);
      death.disarm();
      expect(answer, `${name}: ${answer?.text}`).toBeNull();
      await host.crash();
      if (deadly.isDone) continue;
      expect(await standing(), name).toEqual(before);
      expect(await openOnes(credentials, host.url), name).toEqual([]);
    }
    expect(await standing()).toMatchObject({ rows: ['thawed'], logged: before.logged + 1, status: 'active' });
    expect(await openOnes(credentials, host.url)).toEqual(['new log-in']);
    expect((await (await enter(host.url, person)).request('GET', '/items/crm_customers')).status).toBe(200);
  });
}
