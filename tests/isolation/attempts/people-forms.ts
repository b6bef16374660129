/** P8: forms about people of others, and their trips and leave: what they hold, and whether anything can be made of them. */
import { GROUP_SEGMENT_ID } from '../../../extensions/crm/src/kernel/roles.ts';
import { canRead, canSeePerson } from '../visibility.ts';
import { absentId, get, type Attempt, type Path } from './attempt.ts';
import { listings } from './listings.ts';

const DAYS = { from_on: '2027-03-01', to_on: '2027-03-02' };

export const peopleFormPaths: Path[] = [
  {
    id: 'P8',
    name: 'access requests',
    attempts: ({ draw, world, viewer }) => {
      const form = draw.pick(world.of('crm_access_requests').filter((row) => !canRead(viewer, row)));
      const person = draw.pick(world.people.filter(({ home, id }) => id !== viewer.id && !(home && viewer.managed.includes(home))));
      const secrets = [{ real: form.id, absent: absentId(draw) }];
      const whom = [{ real: person.id, absent: absentId(draw) }];
      const kind = draw.pick(['close', 'move', 'rights', 'freeze', 'thaw']);
      const row = { kind, user: person.id, effective_on: '2026-11-20', reason: 'probe', to_role: 'sales_rep' };
      const post = (url: string, body: object, named: Attempt['secrets']): Attempt => ({
        ...{ method: 'POST', url, body, writes: true },
        secrets: named!,
      });
      const elsewhere = draw.pick(world.segments.filter((segment) => !viewer.managed.includes(segment)));
      const open = {
        kind: 'open',
        last_name: 'x',
        user_email: person.email,
        to_role: 'sales_rep',
        effective_on: '2026-11-20',
        reason: 'x',
      };
      const listing = listings({ draw, world, viewer });
      const fields = `kind: "${kind}", user: "${person.id}", segment: "${viewer.home}", effective_on: "2026-11-20", reason: "probe"`;
      return [
        get(`/crm/access-requests/${form.id}/preview`, { secrets }),
        ...listing(`/crm/access-requests?limit=100&offset=${draw.below(3)}&state=${draw.pick(['open', 'overdue', 'ended', 'all'])}`),
        post(`/crm/access-requests/${form.id}/execute`, {}, secrets),
        post(`/crm/access-requests/${form.id}/withdraw`, {}, secrets),
        post('/items/crm_access_requests', row, whom),
        post('/items/crm_access_requests', { ...row, user: { id: person.id, status: 'archived' } }, whom),
        post('/items/crm_access_requests', { ...open, to_segment: elsewhere }, [{ real: person.email, absent: 'qz@example.com' }]),
        post('/graphql', { query: `mutation { create_crm_access_requests_item(data: { ${fields} }) { id } }` }, whom),
      ];
    },
  },
  {
    id: 'P8',
    name: 'trips and leave',
    attempts: ({ draw, world, viewer }) => {
      const foreign = (collection: string) => draw.pick(world.of(collection).filter((row) => !canRead(viewer, row)));
      const [trip, leave] = [foreign('crm_trips'), foreign('crm_leaves')];
      const person = draw.pick(world.people.filter((one) => !canSeePerson(viewer, one, GROUP_SEGMENT_ID)));
      const post = (url: string, body: object, real: string): Attempt => ({
        ...{ method: 'POST', url, body, writes: true },
        secrets: [{ real, absent: absentId(draw) }],
      });
      return [
        post(`/crm/trips/${trip.id}/withdraw`, {}, trip.id),
        post(`/crm/leaves/${leave.id}/withdraw`, {}, leave.id),
        post(`/crm/trips/${trip.id}/end`, {}, trip.id),
        post(`/crm/leaves/${leave.id}/end`, {}, leave.id),
        post('/items/crm_leaves', { ...DAYS, owner: person.id }, person.id),
        post('/items/crm_trips', { ...DAYS, destination: 'x', owner: { id: person.id } }, person.id),
      ];
    },
  },
];
