import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Office } from './office.ts';

/** ORG-3: what is said of a request while its record moves. SQLite has one writer; there the one comes after the other anyhow. */
export function togetherSuite(office: () => Office): void {
  it('ORG-3: a comment that is made during a move stands where the request stands then', async () => {
    const { world, asked, act } = office();
    const { id } = await asked();
    const { database } = world.host;
    const place = { segment: world.segment.b, owner: world.id.repB };
    const move = await database.transaction();
    await move('crm_approvals').where({ id }).update(place);
    const said = act('comment', id, { comment: '划转期间的评论' }, 'exec');
    await wait(1000);
    await move.commit();
    expect((await said).status).toBe(201);
    const entry = await database('crm_approval_decisions').where({ approval: id, decision: 'commented' }).first('segment', 'owner');
    expect(entry).toEqual(place);
  });
}
