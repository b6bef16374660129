/** P8: approvals of others: what is asked, what was said, who decides; and asking for approvals on records of others. */
import { canRead } from '../visibility.ts';
import { absentId, get, type Attempt, type Path } from './attempt.ts';

const KINDS: Readonly<Record<string, string>> = {
  discount: 'crm_opportunities',
  owner_transfer: 'crm_customers',
  segment_transfer: 'crm_customers',
  lead_allocation: 'crm_leads',
  export_over_limit: 'crm_exports',
};

export const approvalPaths: Path[] = [
  {
    id: 'P8',
    name: 'approvals',
    attempts: ({ draw, world, viewer }) => {
      const target = draw.pick(world.of('crm_approvals').filter((row) => !canRead(viewer, row)));
      const secrets = [{ real: target.id, absent: absentId(draw) }];
      const at = `/crm/approvals/${target.id}`;
      const version = Number(target.values['version'] ?? 1);
      const post = (path: string, body: object): Attempt => ({ method: 'POST', url: `${at}/${path}`, body, secrets, writes: true });
      const [kind, collection] = draw.pick(Object.entries(KINDS));
      const record = draw.pick(world.of(collection).filter((row) => !canRead(viewer, row)));
      const ask = {
        ...{ method: 'POST', url: '/crm/approvals', writes: true },
        body: { kind, item: record.id, asked: {}, reason: 'probe' },
        secrets: [{ real: record.id, absent: absentId(draw) }],
      };
      return [
        get(at, { secrets, control: String(target.values['title']) }),
        get('/crm/approvals/inbox?limit=100'),
        get(`/crm/approvals/inbox?box=asked&limit=${1 + draw.below(100)}`),
        get('/crm/approvals/count'),
        post('decide', { decision: 'approve', version }),
        post('decide', { decision: 'reject', comment: 'probe', version }),
        post('withdraw', {}),
        post('comment', { comment: 'probe' }),
        ask,
      ];
    },
  },
];
