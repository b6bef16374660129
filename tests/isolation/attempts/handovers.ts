/** P8: hand-overs of others: their certificates, and whether anybody's work can be taken, or asked about by conditions (ACC-10). */
import type { Draw } from '../draw.ts';
import { canRead, type Viewer } from '../visibility.ts';
import { listings } from './listings.ts';
import type { World } from '../world.ts';
import { absentId, get, type Attempt, type Path } from './attempt.ts';

/** Work of somebody whom the viewer answers for in one segment: of the other one nothing is counted, named, picked or moved (Q18). */
export function ofSeveral(world: World, viewer: Viewer, draw: Draw): Attempt[] {
  if (viewer.role !== 'segment_admin') return [];
  const isOfBoth = ({ role, managed }: Viewer): boolean =>
    role === 'segment_head' && managed.some((one) => viewer.managed.includes(one)) && managed.some((one) => !viewer.managed.includes(one));
  return world.people.filter(isOfBoth).flatMap(({ id: from }) => {
    const to = world.people.find(({ role, home }) => role === 'sales_rep' && home !== null && viewer.managed.includes(home))!.id;
    const theirs = world.of('crm_customers').filter((row) => row.owner === from && !canRead(viewer, row));
    const row = theirs.length ? draw.pick(theirs) : draw.pick(world.of('crm_customers').filter((one) => !canRead(viewer, one)));
    const rules = [{ to, where: { id: { _eq: row.id } } }];
    const secrets = [{ real: row.id, absent: absentId(draw) }];
    return ['/crm/handovers/preview', '/crm/handovers'].map((url): Attempt => ({
      method: 'POST',
      url,
      body: { from, rules },
      secrets,
      writes: true,
    }));
  });
}

export const handoverPaths: Path[] = [
  {
    id: 'P8',
    name: 'hand-overs',
    attempts: ({ draw, world, viewer }) => {
      const foreign = (collection: string) => draw.pick(world.of(collection).filter((row) => !canRead(viewer, row)));
      const [handover, customer] = [foreign('crm_handovers'), foreign('crm_customers')];
      const stranger = draw.pick(world.people.filter(({ home }) => home === null || home !== viewer.home));
      const colleague = draw.pick(world.people.filter(({ home, id }) => home === viewer.home && id !== viewer.id));
      const secrets = [{ real: handover.id, absent: absentId(draw) }];
      const at = `/crm/handovers/${handover.id}`;
      const post = (url: string, body: object, named: NonNullable<Attempt['secrets']>): Attempt => ({
        ...{ method: 'POST', url, body, secrets: named, writes: true },
      });
      const isSeen =
        viewer.role === 'segment_admin' &&
        viewer.managed.some((segment) => segment === stranger.home || stranger.managed.includes(segment));
      const whom = isSeen ? [] : [{ real: stranger.id, absent: absentId(draw) }];
      const record = [{ real: customer.id, absent: absentId(draw) }];
      const both = [...whom, ...record];
      const listing = listings({ draw, world, viewer });
      const taking = isSeen
        ? []
        : [
            post('/crm/handovers', { from: stranger.id, rules: [{ to: viewer.id }] }, whom),
            post('/crm/handovers/preview', { from: stranger.id, rules: [{ to: colleague?.id ?? viewer.id }] }, whom),
            post('/crm/handovers/preview', { from: viewer.id, rules: [{ to: stranger.id }] }, whom),
            post('/crm/handovers', { from: stranger.id, rules: [{ to: viewer.id, where: { id: { _in: [customer.id] } } }] }, both),
          ];
      return [
        ...ofSeveral(world, viewer, draw),
        ...listing('/crm/handovers/people'),
        get(at, { secrets }),
        get(`${at}/certificate`, { secrets }),
        get('/crm/handovers?limit=100'),
        post(`${at}/undo`, {}, secrets),
        ...taking,
        // A condition on rows of others picks none of them, whoever's work is asked about.
        post(
          '/crm/handovers/preview',
          {
            from: colleague?.id ?? viewer.id,
            rules: [{ to: viewer.id, where: { _or: [{ id: { _eq: customer.id } }, { parent: { _eq: customer.id } }] } }],
          },
          record,
        ),
      ];
    },
  },
];
