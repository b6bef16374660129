/** P8: people of others: whether a one-time link can be made for them, their log-ins and the faults they reported. */
import { canRead } from '../visibility.ts';
import { absentId, get, type Path } from './attempt.ts';

export const passwordPaths: Path[] = [
  {
    id: 'P8',
    name: 'passwords and log-ins',
    attempts: ({ draw, world, viewer }) => {
      const person = draw.pick(world.people.filter(({ home, id }) => id !== viewer.id && !(home && viewer.managed.includes(home))));
      const foreign = (collection: string) => draw.pick(world.of(collection).filter((row) => !canRead(viewer, row)));
      const [logIn, fault] = [foreign('crm_logins'), foreign('crm_faults')];
      return [
        {
          ...{ method: 'POST', url: `/crm/users/${person.id}/reset-link`, writes: true },
          secrets: [{ real: person.id, absent: absentId(draw) }],
        },
        get(`/items/crm_logins/${logIn.id}`, { secrets: [{ real: logIn.id, absent: absentId(draw) }] }),
        get(`/items/crm_logins?aggregate[count]=*&groupBy[]=day&filter[user][_eq]=${person.id}`, {
          secrets: [{ real: person.id, absent: absentId(draw) }],
        }),
        {
          ...{ method: 'PATCH', url: `/items/crm_faults/${fault.id}`, body: { state: 'in_work' }, writes: true },
          secrets: [{ real: fault.id, absent: absentId(draw) }],
        },
      ];
    },
  },
];
