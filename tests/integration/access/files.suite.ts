import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { upload } from './tree.ts';
import type { World } from './world.ts';

/** Files stand where their records stand. */
export function filesSuite(world: () => World): void {
  test('ORG-2: a file is readable only where its record is, as row, as content and in lists', async () => {
    const file = await upload(world(), 'repA1');
    expect(await world().row('directus_files', file)).toMatchObject({ segment: world().segment.a, owner: world().id.repA1 });
    for (const who of ['repA2', 'repB', 'headB'] as const) {
      expect((await world().as[who].request('GET', `/assets/${file}`)).status).toBe(403);
      expect((await world().as[who].request('GET', `/files/${file}`)).status).toBe(403);
      expect((await world().as[who].request('GET', '/files?limit=-1')).text).not.toContain(file);
    }
    for (const who of ['repA1', 'adminA', 'exec'] as const)
      expect((await world().as[who].request('GET', `/assets/${file}`)).status).toBe(200);
  });

  test('a file that another may not read, or that hangs on another record, is not attached', async () => {
    const customer = await world().create('repB', 'crm_customers', { name: '附件' });
    const foreign = await upload(world(), 'repA1');
    const steal = await world().as.repB.request('POST', '/items/crm_attachments', { file: foreign, customer: customer.id });
    const absent = await world().as.repB.request('POST', '/items/crm_attachments', { file: randomUUID(), customer: customer.id });
    expect(steal.status).toBe(403);
    expect(steal.text).toBe(absent.text);
    const mine = await world().create('repA1', 'crm_customers', { name: '甲附件' });
    const colleague = await world().create('repA2', 'crm_customers', { name: '同事附件' });
    await world().create('repA1', 'crm_attachments', { file: foreign, customer: mine.id });
    expect((await world().as.headA.request('POST', '/items/crm_attachments', { file: foreign, customer: colleague.id })).status).toBe(400);
  });

  test('Q1: a file that was replaced, or whose record was deleted, stays with nobody', async () => {
    const customer = await world().create('repA1', 'crm_customers', { name: '换附件' });
    const [first, second] = [await upload(world(), 'repA1'), await upload(world(), 'repA1')];
    const attached = await world().create('repA1', 'crm_attachments', { file: first, customer: customer.id });
    const read = (file: string) => world().as.repA1.request('GET', `/assets/${file}`);
    expect((await read(first)).status).toBe(200);
    expect((await world().as.repA1.request('PATCH', `/items/crm_attachments/${attached.id}`, { file: second })).status).toBe(200);
    expect([(await read(first)).status, (await read(second)).status]).toEqual([403, 200]);
    expect((await world().as.sysadmin.request('DELETE', `/items/crm_attachments/${attached.id}`)).status).toBe(204);
    expect((await read(second)).status).toBe(403);
  });
}
