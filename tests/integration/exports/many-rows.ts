import { randomUUID } from 'node:crypto';
import type { World } from '../access/world.ts';

/** So many that their export takes a while. */
export const MANY = 4000;

/** Customers of repA1, past the form: what is slow about them here is their export. */
export async function manyRows({ host, id, segment }: World, tag: string, count = MANY): Promise<void> {
  const rows = Array.from({ length: count }, (_, at) => ({
    id: randomUUID(),
    name: `${tag}多${at}`,
    kind: 'company',
    class: 'potential',
    status: 'draft',
    completeness: 0,
    owner: id.repA1,
    segment: segment.a,
  }));
  for (let at = 0; at < rows.length; at += 50) await host.database('crm_customers').insert(rows.slice(at, at + 50));
}
