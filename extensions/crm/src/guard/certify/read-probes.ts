import type { CollectionInfo } from '../../kernel/collections.ts';
import { query, type Probe, type ProbeRow, type Request, type Threat } from './probe.ts';

type Model = Readonly<Record<string, CollectionInfo>>;

interface Draft extends Request {
  path: string;
  threat: Threat;
}

const get = (path: string, threat: Threat, url: string): Draft => ({ path, threat, method: 'GET', url });
const graphql = (path: string, text: string): Draft => ({ path, threat: 'P3', method: 'POST', url: '/graphql', body: { query: text } });

const byId = (row: ProbeRow) => ({ id: { _eq: row.id } });

function restProbes(row: ProbeRow): Draft[] {
  const items = `/items/${row.collection}`;
  const filter = byId(row);
  const [field, value] = Object.entries(row.values)[0] ?? [];
  return [
    get('rest.by_id', 'P1', `${items}/${row.id}`),
    get('rest.by_id.fields', 'P1', `${items}/${row.id}?${query({ fields: '*.*' })}`),
    get('rest.list', 'P1', `${items}?${query({ filter, fields: '*.*.*' })}`),
    get('rest.list.in', 'P1', `${items}?${query({ filter: { id: { _in: [row.id] } } })}`),
    get('rest.list.or', 'P1', `${items}?${query({ filter: { _or: [filter, { id: { _null: true } }] } })}`),
    get('rest.list.nand', 'P1', `${items}?${query({ filter: { _and: [{ id: { _nnull: true } }, { id: { _in: [row.id] } }] } })}`),
    get('rest.meta', 'P1', `${items}?${query({ filter, meta: 'filter_count', limit: 0 })}`),
    get('rest.alias', 'P1', `${items}?${query({ filter, 'alias[shadow]': 'id', fields: 'shadow' })}`),
    { path: 'rest.search_method', threat: 'P1', method: 'SEARCH', url: items, body: { query: { filter, fields: ['*'] } } },
    get('rest.aggregate.count', 'P2', `${items}?${query({ filter, 'aggregate[count]': '*' })}`),
    get('rest.aggregate.max', 'P2', `${items}?${query({ filter, 'aggregate[countDistinct]': 'id' })}`),
    get('rest.group', 'P2', `${items}?${query({ filter, 'groupBy[]': 'segment', 'aggregate[count]': 'id' })}`),
    get('rest.group.function', 'P2', `${items}?${query({ filter, 'groupBy[]': 'year(date_created)', 'aggregate[count]': 'id' })}`),
    ...(field && value
      ? [
          get('rest.filter.value', 'P1', `${items}?${query({ filter: { [field]: { _eq: value } } })}`),
          get('rest.filter.contains', 'P1', `${items}?${query({ filter: { [field]: { _icontains: value } }, sort: `-${field}` })}`),
          get('rest.search', 'P1', `${items}?${query({ search: value })}`),
        ]
      : []),
  ];
}

function graphqlProbes(row: ProbeRow): Draft[] {
  const { collection, id } = row;
  return [
    graphql('graphql.list', `{ ${collection}(filter: { id: { _eq: "${id}" } }) { id } }`),
    graphql('graphql.by_id', `{ ${collection}_by_id(id: "${id}") { id } }`),
    graphql('graphql.aggregated', `{ ${collection}_aggregated(filter: { id: { _eq: "${id}" } }) { count { id } } }`),
    graphql(
      'graphql.alias',
      `{ a: ${collection}(filter: { id: { _eq: "${id}" } }) { b: id } c: ${collection}(filter: { id: { _in: ["${id}"] } }) { id } }`,
    ),
  ];
}

/** The side ways: through rows that hang on it, and through whatever everyone may read. */
function detourProbes(row: ProbeRow, model: Model): Draft[] {
  const [field, value] = Object.entries(row.values)[0] ?? [];
  const throughRows = row.links.flatMap(({ collection, field: link }) => {
    const items = `/items/${collection}`;
    const list = model[collection]?.fields[link]?.relation?.list;
    return [
      get(`detour.${collection}.${link}.filter`, 'P1', `${items}?${query({ filter: { [link]: { id: { _eq: row.id } } }, fields: 'id' })}`),
      get(
        `detour.${collection}.${link}.sort`,
        'P1',
        `${items}?${query({ filter: { [link]: { _eq: row.id } }, sort: `${link}.id`, fields: 'id' })}`,
      ),
      get(`detour.${collection}.${link}.fields`, 'P1', `${items}?${query({ filter: { [link]: { _eq: row.id } }, fields: `${link}.*` })}`),
      ...(field && value
        ? [
            get(
              `detour.${collection}.${link}.value`,
              'P1',
              `${items}?${query({ filter: { [link]: { [field]: { _eq: value } } }, fields: 'id' })}`,
            ),
          ]
        : []),
      ...(list
        ? [
            get(
              `detour.count.${list}`,
              'P2',
              `/items/${row.collection}?${query({ filter: { _and: [byId(row), { [`count(${list})`]: { _gt: 0 } }] }, fields: 'id' })}`,
            ),
          ]
        : []),
    ];
  });
  const follow = { [`$FOLLOW(${row.collection},segment)`]: { _some: byId(row) } };
  const openly = { [`$FOLLOW(${row.collection},segment)`]: byId(row) };
  return [
    ...throughRows,
    get('detour.follow', 'P1', `/items/crm_segments?${query({ filter: openly, fields: 'id' })}`),
    get('detour.follow.some', 'P1', `/items/crm_segments?${query({ filter: follow, fields: 'id' })}`),
  ];
}

/** Ways by which a whole list leaves the house; shut for our collections or bound by the same rules. */
function exportProbes(row: ProbeRow): Draft[] {
  const filter = byId(row);
  const formats = ['csv', 'csv_utf8', 'json', 'xml', 'yaml'];
  return [
    ...formats.map((format) => get(`export.${format}`, 'P4', `/items/${row.collection}?${query({ filter, export: format })}`)),
    {
      path: 'export.utils',
      threat: 'P4',
      method: 'POST',
      url: `/utils/export/${row.collection}`,
      body: { format: 'csv', query: { filter }, file: {} },
    },
  ];
}

/** What the host keeps about a row elsewhere. */
function shadowProbes(row: ProbeRow): Draft[] {
  const filter = { item: { _eq: row.id } };
  const ofItem = row.beside.flatMap((name) => [
    get(`${name}.list`, 'P6', `/${name}?${query({ filter })}`),
    get(`${name}.count`, 'P6', `/${name}?${query({ filter, 'aggregate[count]': '*' })}`),
    graphqlSystem(`${name}.graphql`, `{ ${name}(filter: { item: { _eq: "${row.id}" } }) { id } }`),
  ]);
  return [...ofItem, get('versions.list', 'P6', `/versions?${query({ filter })}`)];
}

const graphqlSystem = (path: string, text: string): Draft => ({
  path,
  threat: 'P3',
  method: 'POST',
  url: '/graphql/system',
  body: { query: text },
});

/** Every way to read `row` that the host or we offer. */
export function readProbes(row: ProbeRow, model: Model): Probe[] {
  const asProbe =
    (expect: Probe['expect']) =>
    (draft: Draft): Probe => ({ ...draft, expect, verb: 'read', collection: row.collection });
  const hasSegment = model[row.collection]?.fields['segment']?.notNull === true;
  const fits = (draft: Draft) =>
    (hasSegment || !(draft.path === 'rest.group' || draft.path.startsWith('detour.follow'))) &&
    (draft.path !== 'rest.group.function' || Boolean(model[row.collection]?.fields['date_created']));
  return [
    ...[...restProbes(row), ...graphqlProbes(row), ...detourProbes(row, model)].filter(fits).map(asProbe('blind')),
    ...[...exportProbes(row), ...shadowProbes(row)].map(asProbe('sealable')),
  ];
}
