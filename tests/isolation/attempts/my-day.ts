/** P8: the page of the day of somebody is asked for by that person alone, whatever the request names. */
import { get, toQuery, type Path } from './attempt.ts';

export const myDayPaths: Path[] = [
  {
    id: 'P8',
    name: 'my day',
    attempts: ({ draw, target, world }) => {
      const other = draw.pick(world.people).id;
      const wish = draw.pick([
        { user: other },
        { owner: other, segment: draw.pick(world.segments) },
        { filter: { id: { _eq: target.id } }, fields: '*.*' },
        { collection: target.collection, ids: [target.id], limit: -1 },
      ]);
      return [get('/crm/my-day'), get(`/crm/my-day?${toQuery(wish)}`)];
    },
  },
];
