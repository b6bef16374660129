/** P8: people of others: whether they can be frozen, thawed or found in the list of people, and whether there are any. */
import { canRead } from '../visibility.ts';
import { absentId, get, type Attempt, type Path } from './attempt.ts';

const FREEZERS = ['segment_admin', 'system_admin'];

export const freezePaths: Path[] = [
  {
    id: 'P8',
    name: 'freezes',
    attempts: ({ draw, world, viewer }) => {
      const others = world.people.filter(({ home, id }) => id !== viewer.id && !(home && viewer.managed.includes(home)));
      const person = draw.pick(others);
      const freeze = draw.pick(world.of('crm_freezes').filter((row) => !canRead(viewer, row)));
      const secrets = [{ real: person.id, absent: absentId(draw) }];
      const post = (what: string): Attempt => ({
        ...{ method: 'POST', url: `/crm/users/${person.id}/${what}`, body: { reason: 'probe' }, secrets, writes: true },
      });
      const knowsEverybody = ['group_executive', 'system_admin'].includes(viewer.role ?? '');
      const isFreezer = FREEZERS.includes(viewer.role ?? '');
      return [
        post('freeze'),
        post('thaw'),
        ...(knowsEverybody ? [] : [get(`/crm/logins/expected?user=${person.id}`, { secrets })]),
        get(`/crm/people?limit=100&state=${draw.pick(['all', 'active', 'frozen', 'closed'])}`),
        get(`/items/crm_freezes/${freeze.id}`, { secrets: [{ real: freeze.id, absent: absentId(draw) }] }),
        ...(isFreezer ? [get(`/crm/people?q=${person.email}`, { secrets: [{ real: person.email, absent: 'qz@example.com' }] })] : []),
      ];
    },
  },
];
