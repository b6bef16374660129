/** P9: leads of others: nobody gives them away, converts them, or learns what a conversion would make. */
import { canRead } from '../visibility.ts';
import type { StoredRow } from '../world.ts';
import { absentId, get, type Attempt, type Path } from './attempt.ts';

export const leadPaths: Path[] = [
  {
    id: 'P9',
    name: 'leads',
    attempts: ({ draw, world, viewer }) => {
      const lead: StoredRow = draw.pick(world.of('crm_leads').filter((row) => !canRead(viewer, row)));
      const mine = world.of('crm_leads').find((row) => canRead(viewer, row) && !row.values['customer']);
      const customer: StoredRow = draw.pick(world.of('crm_customers').filter((row) => !canRead(viewer, row)));
      const secrets = [{ real: lead.id, absent: absentId(draw) }];
      const post = (url: string, body: object, names = secrets): Attempt => ({ method: 'POST', url, body, secrets: names, writes: true });
      const at = `/crm/leads/${lead.id}`;
      return [
        get(`${at}/convert`, { secrets }),
        get(`${at}/convert?name=${encodeURIComponent('探测有限公司')}`, { secrets }),
        post(`${at}/convert`, {}),
        post(`${at}/convert`, { duplicates: 'accept', opportunity: false }),
        post(`${at}/allocate`, { owner: viewer.id }),
        post(`${at}/allocate`, { owner: 'route', reason: '探测' }),
        ...(mine
          ? [
              post(`/crm/leads/${mine.id}/convert`, { customer: customer.id }, [{ real: customer.id, absent: absentId(draw) }]),
              post(`/crm/leads/${mine.id}/allocate`, { segment: draw.pick(world.segments) }, []),
            ]
          : []),
      ];
    },
  },
];
