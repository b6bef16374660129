/** P6, P7, P8: the host's own collections, the people, and our own endpoints. */
import { GROUP_SEGMENT_ID } from '../../../extensions/crm/src/kernel/roles.ts';
import { canSeePerson } from '../visibility.ts';
import { absentId, get, toQuery, type Path } from './attempt.ts';

export const systemPaths: Path[] = [
  {
    id: 'P6',
    name: 'traces and side collections',
    attempts: ({ draw, target }) => {
      const secrets = [{ real: target.id, absent: absentId(draw) }];
      const mine = { collection: target.collection, item: target.id };
      return [
        get('/activity?limit=-1&fields=*.*'),
        get(`/activity?${toQuery({ filter: { item: { _eq: target.id } } })}`, { secrets }),
        get('/revisions?limit=-1&fields=*'),
        get(`/revisions?${toQuery({ filter: { item: { _eq: target.id } } })}`, { secrets }),
        get('/versions?limit=-1'),
        get(`/comments?${toQuery({ filter: { item: { _eq: target.id } } })}`, { secrets }),
        get('/notifications?limit=-1&fields=*'),
        get('/shares?limit=-1&fields=*'),
        get('/presets?limit=-1&fields=*'),
        get('/dashboards?limit=-1&fields=*.*'),
        get('/panels?limit=-1&fields=*'),
        get('/flows?limit=-1&fields=*'),
        get('/translations?limit=-1'),
        get('/folders?limit=-1'),
        draw.pick([
          { method: 'POST', url: '/comments', body: { ...mine, comment: 'x' }, secrets, writes: true },
          { method: 'POST', url: '/shares', body: { ...mine, name: 'x' }, secrets, writes: true },
          { method: 'POST', url: '/versions', body: { ...mine, key: 'v', name: 'v' }, secrets, writes: true },
          { method: 'POST', url: '/notifications', body: { ...mine, recipient: target.owner, subject: 'x' }, secrets, writes: true },
          { method: 'POST', url: `/utils/revert/${1 + draw.below(50)}`, writes: true },
        ]),
      ];
    },
  },
  {
    id: 'P7',
    name: 'people and rules',
    attempts: ({ draw, world, viewer }) => {
      const hidden = new Set(world.people.filter((other) => !canSeePerson(viewer, other, GROUP_SEGMENT_ID)).map(({ id }) => id));
      const person = draw.pick(world.of('directus_users').filter((row) => hidden.has(row.id)));
      const secrets = [{ real: person.id, absent: absentId(draw) }];
      return [
        get('/users?limit=-1&fields=*.*&meta=*'),
        get(`/users/${person.id}`, { secrets: person.segment && world.segments.includes(person.segment) ? secrets : [] }),
        get(`/users?${toQuery({ aggregate: { count: '*' }, groupBy: ['crm_segment'] })}`),
        get(`/users?${toQuery({ aggregate: { max: 'first_name' } })}`),
        get('/roles?fields=*.*&limit=-1'),
        get('/policies?fields=*.*&limit=-1'),
        get('/permissions?limit=-1'),
        get('/permissions/me'),
        get('/access?limit=-1&fields=*.*'),
        get('/fields'),
        get('/collections'),
        get('/relations'),
        get('/settings?fields=*'),
        get('/users/me?fields=*.*.*'),
      ];
    },
  },
  {
    id: 'P8',
    name: 'our endpoints',
    attempts: ({ draw, target }) => [
      get('/crm/health'),
      get('/crm/doctor'),
      get('/crm/openapi.json'),
      get('/crm/certificates/last'),
      { method: 'POST', url: '/crm/certificates', body: {}, writes: true },
      get('/crm/me'),
      { method: 'POST', url: '/crm/doctor/repair', body: {}, writes: true },
      get('/crm/field-grants'),
      { method: 'PUT', url: '/crm/field-grants', body: { collection: target.collection, field: 'id' }, writes: true },
      get(`/crm/audit/entries?${toQuery({ collection: target.collection, item: target.id })}`, {
        secrets: [{ real: target.id, absent: absentId(draw) }],
      }),
      get('/crm/audit/rights'),
      get('/crm/audit/rights/diff'),
      get('/crm/exports'),
      ...['contacts', 'leads', 'customers'].map((kind) => ({
        method: 'POST',
        url: `/crm/${kind}/${target.id}/reveal`,
        body: { field: 'phone', reason: 'probe' },
        secrets: [{ real: target.id, absent: absentId(draw) }],
        writes: true,
      })),
      get(`/crm/${draw.pick(['contacts', 'leads', 'customers'])}/${target.id}/reveal`, {
        secrets: [{ real: target.id, absent: absentId(draw) }],
      }),
    ],
  },
];
