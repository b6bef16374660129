import type { CollectionInfo } from '../../kernel/collections.ts';
import type { Probe, ProbeRow, Request } from './probe.ts';

type Model = Readonly<Record<string, CollectionInfo>>;
type Draft = Request & Pick<Probe, 'path' | 'verb'>;

/** Where a client may write its words: a value that changes nothing if the write should succeed. */
function harmless(row: ProbeRow): Record<string, string> {
  const [field, value] = Object.entries(row.values)[0] ?? ['id', row.id];
  return { [field]: value };
}

const inGraphql = (value: Record<string, string>) =>
  `{ ${Object.entries(value)
    .map(([key, text]) => `${key}: ${JSON.stringify(text)}`)
    .join(', ')} }`;

function updateProbes(row: ProbeRow): Draft[] {
  const items = `/items/${row.collection}`;
  const data = harmless(row);
  const byQuery = { filter: { id: { _eq: row.id } } };
  return [
    { path: 'rest.update', verb: 'update', method: 'PATCH', url: `${items}/${row.id}`, body: data },
    { path: 'rest.update.keys', verb: 'update', method: 'PATCH', url: items, body: { keys: [row.id], data } },
    { path: 'rest.update.batch', verb: 'update', method: 'PATCH', url: items, body: [{ id: row.id, ...data }] },
    { path: 'rest.update.query', verb: 'update', method: 'PATCH', url: items, body: { query: byQuery, data } },
    {
      path: 'graphql.update',
      verb: 'update',
      method: 'POST',
      url: '/graphql',
      body: { query: `mutation { update_${row.collection}_item(id: "${row.id}", data: ${inGraphql(data)}) { id } }` },
    },
  ];
}

function deleteProbes(row: ProbeRow): Draft[] {
  const items = `/items/${row.collection}`;
  return [
    { path: 'rest.delete', verb: 'delete', method: 'DELETE', url: `${items}/${row.id}` },
    { path: 'rest.delete.keys', verb: 'delete', method: 'DELETE', url: items, body: { keys: [row.id] } },
    { path: 'rest.delete.query', verb: 'delete', method: 'DELETE', url: items, body: { query: { filter: { id: { _eq: row.id } } } } },
    {
      path: 'graphql.delete',
      verb: 'delete',
      method: 'POST',
      url: '/graphql',
      body: { query: `mutation { delete_${row.collection}_item(id: "${row.id}") { id } }` },
    },
  ];
}

/** Creating something that hangs on the row: the refusal must not tell whether the row exists (facts §13, oracles). */
function attachProbes(row: ProbeRow, model: Model): Draft[] {
  return row.links.flatMap(({ collection, field }) => {
    const words = Object.entries(model[collection]?.fields ?? {}).find(
      ([, info]) => info.type === 'string' && info.notNull && !info.choices && !info.sealed,
    );
    return [
      {
        path: `rest.attach.${collection}.${field}`,
        verb: 'create' as const,
        method: 'POST' as const,
        url: `/items/${collection}`,
        body: { ...(words ? { [words[0]]: 'certificate' } : {}), [field]: row.id },
      },
    ];
  });
}

function besideProbes(row: ProbeRow): Draft[] {
  const item = { collection: row.collection, item: row.id };
  return [
    { path: 'comments.create', verb: 'create', method: 'POST', url: '/comments', body: { ...item, comment: 'certificate' } },
    { path: 'shares.create', verb: 'create', method: 'POST', url: '/shares', body: { ...item, name: 'certificate' } },
    {
      path: 'versions.create',
      verb: 'create',
      method: 'POST',
      url: '/versions',
      body: { ...item, key: 'certificate', name: 'certificate' },
    },
  ];
}

const readable = (row: ProbeRow): Request => ({ method: 'GET', url: `/items/${row.collection}/${row.id}` });

/** Every way to change `row`, or to write beside it. The control is that the row is there for an entitled caller. */
export function writeProbes(row: ProbeRow, model: Model): Probe[] {
  const drafts = [...updateProbes(row), ...deleteProbes(row), ...attachProbes(row, model), ...besideProbes(row)];
  return drafts.map((draft) => ({ ...draft, threat: 'P9', collection: row.collection, expect: 'blind', control: readable(row) }));
}
