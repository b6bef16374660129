import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { treeRecount } from '../../../extensions/crm/src/segments/index.ts';
import type { World } from '../access/world.ts';
import { ask, execute, transferOf } from './desk.ts';

const ROWS = 5000;
const CHUNK = 100;
/** How long after the request the process is killed; moving so many rows takes seconds. */
const MOMENTS_MS = [250, 1200];

/** ORG-3: all or nothing, whenever the process dies. */
export function killedSuite(world: () => World): void {
  test('ORG-3: killed in the middle of a transfer of 5,000 rows, everything has moved or nothing has', { timeout: 600_000 }, async () => {
    const { database } = world().host;
    const customer = await world().create('repA1', 'crm_customers', { name: '大客户' });
    const row = () => ({
      ...{ id: randomUUID(), type: 'call', subject: '往来', customer: customer.id, priority: 'medium' },
      ...{ segment: world().segment.a, owner: world().id.repA1 },
    });
    for (let at = 0; at < ROWS; at += CHUNK) await database('crm_activities').insert(Array.from({ length: CHUNK }, row));
    const { id } = (await ask(world(), 'repA1', { customer: customer.id, to_segment: world().segment.b })).body.data;
    const [was, will] = [
      { segment: world().segment.a, owner: world().id.repA1 },
      { segment: world().segment.b, owner: world().id.repB },
    ];
    const standing = async () => {
      const { segment, owner } = await world().row('crm_customers', customer.id);
      const rows = await database('crm_activities')
        .where({ customer: customer.id })
        .select('segment', 'owner')
        .count({ n: '*' })
        .groupBy('segment', 'owner');
      const transfer = await transferOf(world(), id);
      expect(rows.map(({ n }) => Number(n))).toEqual([ROWS]);
      expect(rows[0]).toMatchObject({ segment, owner });
      expect(transfer).toMatchObject({ segment, owner });
      expect(await database('crm_approvals').where({ item: id }).first()).toMatchObject({ segment, owner });
      expect(await treeRecount(database)).toEqual([]);
      const logged = await database('crm_audit').where({ action: 'transfer', item: customer.id });
      return { segment, owner, state: transfer.state as string, logged: logged.length };
    };
    let interrupted = 0;
    for (const moment of MOMENTS_MS) {
      const moving = execute(world(), 'sysadmin', id, { to_owner: world().id.repB }).catch(() => null);
      await wait(moment);
      await world().host.crash();
      await moving;
      const now = await standing();
      if (now.state !== 'requested') {
        expect(now).toEqual({ ...will, state: 'executed', logged: 1 });
        break;
      }
      interrupted += 1;
      expect(now).toEqual({ ...was, state: 'requested', logged: 0 });
    }
    expect(interrupted, 'it was killed while it ran').toBeGreaterThan(0);
    await execute(world(), 'sysadmin', id, { to_owner: world().id.repB });
    expect(await standing()).toEqual({ ...will, state: 'executed', logged: 1 });
  });
}
