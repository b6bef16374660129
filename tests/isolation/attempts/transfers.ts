/** P8: transfers and disputes of others: what they hold, and whether anything can be made of them. */
import { canRead } from '../visibility.ts';
import { absentId, get, type Attempt, type Path } from './attempt.ts';

export const transferPaths: Path[] = [
  {
    id: 'P8',
    name: 'transfers',
    attempts: ({ draw, world, viewer }) => {
      const foreign = (collection: string) => draw.pick(world.of(collection).filter((row) => !canRead(viewer, row)));
      const [transfer, customer] = [foreign('crm_transfers'), foreign('crm_customers')];
      const secrets = [{ real: transfer.id, absent: absentId(draw) }];
      const whom = [{ real: customer.id, absent: absentId(draw) }];
      const segment = draw.pick(world.segments);
      const post = (url: string, body: object, named: Attempt['secrets']): Attempt => ({
        ...{ method: 'POST', url, body, writes: true },
        secrets: named!,
      });
      return [
        get(`/crm/transfers/${transfer.id}`, { secrets }),
        get('/crm/transfers/waiting?limit=100'),
        get('/crm/transfers/waiting?state=executed&limit=100'),
        get(`/crm/transfers/owners?segment=${segment}`),
        post(`/crm/transfers/${transfer.id}/execute`, {}, secrets),
        post(`/crm/transfers/${transfer.id}/execute`, { to_owner: viewer.id, basis: 'consent' }, secrets),
        post(`/crm/transfers/${transfer.id}/withdraw`, {}, secrets),
        post('/items/crm_transfers', { customer: customer.id, to_segment: segment, reason: '请划转给我' }, whom),
        { ...post(`/items/crm_transfers/${transfer.id}`, { to_owner: viewer.id }, secrets), method: 'PATCH' },
      ];
    },
  },
  {
    id: 'P8',
    name: 'disputes',
    attempts: ({ draw, world, viewer }) => {
      const foreign = (collection: string) => draw.pick(world.of(collection).filter((row) => !canRead(viewer, row)));
      const dispute = foreign('crm_disputes');
      const collection = draw.pick(['crm_customers', 'crm_leads', 'crm_opportunities']);
      const record = foreign(collection);
      const own = world.of('crm_disputes').find((row) => canRead(viewer, row));
      const secrets = [{ real: dispute.id, absent: absentId(draw) }];
      const both = [...secrets, { real: record.id, absent: absentId(draw) }];
      const post = (what: string, body: object): Attempt => ({
        ...{ method: 'POST', url: `/crm/disputes/${dispute.id}/${what}`, body, writes: true },
        secrets: both,
      });
      const evidence = (id: string) => `/crm/disputes/${id}/evidence?collection=${collection}&record=${record.id}`;
      return [
        get(`/crm/disputes/${dispute.id}`, { secrets: [secrets[0]!] }),
        get('/crm/disputes/open?limit=100'),
        get(evidence(dispute.id), { secrets: both }),
        ...(own ? [get(evidence(own.id), { secrets: [both[1]!] })] : []),
        post('rule', { ruling: 'uphold', reason: '归我', collection, record: record.id }),
        post('refer', {}),
        post('withdraw', {}),
      ];
    },
  },
];
