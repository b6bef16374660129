/** P8: the way of opportunities that are not the caller's: where they stand, moving them, what was won without an order. */
import { canRead } from '../visibility.ts';
import { absentId, get, type Attempt, type Path } from './attempt.ts';

export const pipelinePaths: Path[] = [
  {
    id: 'P8',
    name: 'stages of opportunities',
    attempts: ({ draw, world, viewer }) => {
      const foreign = draw.pick(world.of('crm_opportunities').filter((row) => !canRead(viewer, row)));
      const secrets = [{ real: foreign.id, absent: absentId(draw) }];
      const at = `/crm/opportunities/${foreign.id}`;
      const stage = draw.pick(world.of('crm_stages')).id;
      const post = (path: string, body: object): Attempt => ({ method: 'POST', url: `${at}/${path}`, body, secrets, writes: true });
      const change = draw.pick(world.of('crm_stage_changes').filter((row) => !canRead(viewer, row)));
      return [
        get(`${at}/path`, { secrets }),
        post('stage', { stage: 'lost', fields: { lost_reason: 'x' }, reason: 'x' }),
        post('stage', { stage, from: stage, fields: { title: 'x' } }),
        { ...post('stage/undo', { change: change.id }), secrets: [...secrets, { real: change.id, absent: absentId(draw) }] },
        get(`/crm/opportunities/won-without-order?limit=100&offset=${draw.below(3)}`),
      ];
    },
  },
];
