import { query, type Probe, type ProbeRow } from './probe.ts';

type Draft = Pick<Probe, 'path' | 'threat' | 'method' | 'url' | 'body'>;

const get = (path: string, url: string): Draft => ({ path, threat: 'P7', method: 'GET', url });

/** Ways to learn of a person of another segment (ORG-2: "system information is isolated as well"). */
export function peopleProbes(person: ProbeRow): Probe[] {
  const filter = { id: { _eq: person.id } };
  const { email = '', first_name: name = '' } = person.values;
  const drafts: Draft[] = [
    get('users.by_id', `/users/${person.id}`),
    get('users.list', `/users?${query({ filter })}`),
    get('users.list.in', `/users?${query({ filter: { id: { _in: [person.id] } }, fields: '*' })}`),
    get('users.aggregate', `/users?${query({ filter, 'aggregate[count]': '*' })}`),
    get('users.group', `/users?${query({ filter, 'groupBy[]': 'id' })}`),
    get('users.search', `/users?${query({ search: name })}`),
    get('users.detour.owner', `/items/crm_customers?${query({ filter: { owner: { id: { _eq: person.id } } }, fields: 'id' })}`),
    get('users.detour.email', `/items/crm_customers?${query({ filter: { owner: { email: { _eq: email } } }, fields: 'id' })}`),
    get('users.detour.follow', `/items/crm_segments?${query({ filter: { '$FOLLOW(directus_users,crm_segment)': filter }, fields: 'id' })}`),
    {
      path: 'users.graphql',
      threat: 'P3',
      method: 'POST',
      url: '/graphql/system',
      body: { query: `{ users(filter: { id: { _eq: "${person.id}" } }) { id } }` },
    },
    {
      path: 'users.graphql.by_id',
      threat: 'P3',
      method: 'POST',
      url: '/graphql/system',
      body: { query: `{ users_by_id(id: "${person.id}") { id } }` },
    },
  ];
  return drafts.map((draft) => ({ ...draft, verb: 'read', collection: 'directus_users', expect: 'blind' }));
}

/** Ways to a file of another owner: its row and its bytes (P4). */
export function fileProbes(file: ProbeRow): Probe[] {
  const filter = { id: { _eq: file.id } };
  const reads: Draft[] = [
    get('files.by_id', `/files/${file.id}`),
    get('files.list', `/files?${query({ filter })}`),
    get('files.aggregate', `/files?${query({ filter, 'aggregate[count]': '*' })}`),
    get('assets', `/assets/${file.id}`),
    get('assets.download', `/assets/${file.id}?download`),
    {
      path: 'files.graphql',
      threat: 'P3',
      method: 'POST',
      url: '/graphql/system',
      body: { query: `{ files_by_id(id: "${file.id}") { id } }` },
    },
  ];
  const control = { method: 'GET', url: `/files/${file.id}` } as const;
  const writes: Probe[] = [
    { path: 'files.update', verb: 'update', method: 'PATCH', url: `/files/${file.id}`, body: { title: file.values['title'] ?? '' } },
    { path: 'files.delete', verb: 'delete', method: 'DELETE', url: `/files/${file.id}` },
  ].map((draft) => ({
    ...draft,
    method: draft.method as 'PATCH',
    verb: draft.verb as 'update',
    threat: 'P9',
    collection: 'directus_files',
    expect: 'blind',
    control,
  }));
  return [
    ...reads.map((draft): Probe => ({
      ...draft,
      threat: draft.threat === 'P7' ? 'P4' : draft.threat,
      verb: 'read',
      collection: 'directus_files',
      expect: 'blind',
    })),
    ...writes,
  ];
}
