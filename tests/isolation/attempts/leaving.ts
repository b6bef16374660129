/** P4, P5, P10: what carries rows out of the lists: exports, files, sockets, tools of the server. */
import { canRead } from '../visibility.ts';
import { absentCanary, absentId, canaryOf, get, routeOf, toQuery, type Attempt, type Path } from './attempt.ts';

/** Every request about one export: what became of it, its end, its file. */
const requestsAboutExport = (id: string, secrets: NonNullable<Attempt['secrets']>): Attempt[] => [
  get(`/crm/exports/${id}`, { secrets }),
  get(`/crm/exports/${id}/file`, { secrets }),
  { method: 'POST', url: `/crm/exports/${id}/cancel`, body: {}, secrets, writes: true },
  { method: 'POST', url: `/crm/exports/${id}/start`, body: {}, secrets, writes: true },
];

export const leavingPaths: Path[] = [
  {
    id: 'P4',
    name: 'exports',
    attempts: ({ draw, target }) => [
      get(`${routeOf(target.collection)}?${toQuery({ export: draw.pick(['csv', 'csv_utf8', 'json', 'xml', 'yaml']), limit: -1 })}`),
      {
        method: 'POST',
        url: `/utils/export/${target.collection}`,
        body: { query: { limit: -1 }, file: { title: 'probe' }, format: draw.pick(['csv', 'json', 'xml', 'yaml']) },
        writes: true,
      },
      { method: 'POST', url: `/utils/import/${target.collection}`, body: [{ id: target.id }], writes: true },
    ],
  },
  {
    id: 'P4',
    name: 'our own export',
    attempts: ({ draw, world, viewer, target }) => {
      const taken = draw.pick(world.of('crm_exports').filter((row) => !canRead(viewer, row)));
      const ids = [{ real: target.id, absent: absentId(draw) }];
      const leaf = canaryOf(target, draw);
      const order = (wanted: object, secrets: Attempt['secrets']): Attempt => ({
        method: 'POST',
        url: '/crm/exports',
        body: { collection: target.collection, format: draw.pick(['csv', 'xlsx', 'json']), reason: 'probe', ...wanted },
        secrets: secrets ?? [],
        writes: true,
      });
      const told = leaf ? [{ real: leaf.value, absent: absentCanary }] : [];
      return [
        order({ ids: [target.id] }, ids),
        order({ ids: [target.id], ask: true }, ids),
        order({ ids: [target.id], fields: ['*', 'owner.email'] }, ids),
        order({ filter: { id: { _eq: target.id } }, sort: ['-date_created'] }, ids),
        ...(leaf ? [order({ filter: { [leaf.field]: { _eq: leaf.value } } }, told), order({ search: leaf.value }, told)] : []),
        ...[target.id, taken.id].flatMap((id) => requestsAboutExport(id, [{ real: id, absent: absentId(draw) }])),
      ];
    },
  },
  {
    id: 'P4',
    name: 'assets',
    attempts: ({ draw, world, viewer }) => {
      const foreign = world.of('directus_files').filter((row) => !canRead(viewer, row));
      const file = draw.pick(foreign);
      const secrets = [{ real: file.id, absent: absentId(draw) }];
      return [
        get(`/assets/${file.id}`, { secrets }),
        get(`/assets/${file.id}?download&width=10`, { secrets }),
        get(`/assets/${file.id}/x.txt`, { secrets }),
        { method: 'POST', url: '/assets/files', body: { ids: [file.id] }, secrets },
        get(`/files/${file.id}`, { secrets, control: file.id }),
        get(`/files?${toQuery({ search: String(file.values['title']), fields: '*' })}`, { control: String(file.values['title']) }),
      ];
    },
  },
  {
    id: 'P5',
    name: 'sockets are closed',
    attempts: ({ draw }) => [get(draw.pick(['/websocket', '/graphql', '/websocket/logs']), {})],
  },
  {
    id: 'P10',
    name: 'tools of the server',
    attempts: ({ draw, target }) => [
      draw.pick([
        get('/server/health'),
        get('/server/info'),
        get('/server/specs/oas'),
        get('/server/specs/graphql'),
        get('/server/specs/graphql/system'),
        get('/metrics'),
        { method: 'POST', url: '/mcp', body: { jsonrpc: '2.0', id: 1, method: 'tools/list' } },
        { method: 'POST', url: '/ai/chat', body: { messages: [] } },
        { method: 'POST', url: '/files/import', body: { url: 'http://127.0.0.1:1/x' }, writes: true },
        { method: 'POST', url: '/files/tus', body: '', writes: true },
        { method: 'POST', url: '/utils/hash/generate', body: { string: 'x' } },
        { method: 'POST', url: `/utils/sort/${target.collection}`, body: { item: target.id, to: target.id }, writes: true },
        { method: 'POST', url: '/schema/apply', body: {}, writes: true },
        get('/schema/snapshot'),
      ]),
    ],
  },
];
