/** P9: write paths used as an oracle. Every one must be refused alike for a foreign and for an absent row, and change nothing. */
import { COLLECTIONS } from '../../../extensions/crm/src/kernel/collections.ts';
import { absentCanary, absentId, canaryOf, routeOf, toQuery, type Attempt, type Path, type Scene } from './attempt.ts';
import { stepsFrom } from './reading.ts';

function byId({ draw, target }: Scene): Attempt[] {
  const secrets = [{ real: target.id, absent: absentId(draw) }];
  const base = routeOf(target.collection);
  const change = draw.pick([{ id: target.id }, { segment: null }, { owner: null }, { status: 'active' }, {}]);
  return [
    { method: 'PATCH', url: `${base}/${target.id}`, body: change, secrets, writes: true },
    { method: 'PATCH', url: base, body: { keys: [target.id], data: change }, secrets, writes: true },
    { method: 'PATCH', url: base, body: [{ ...change, id: target.id }], secrets, writes: true },
    { method: 'DELETE', url: `${base}/${target.id}`, secrets, writes: true },
    { method: 'DELETE', url: base, body: [target.id], secrets, writes: true },
  ];
}

function byQuery({ draw, target }: Scene): Attempt[] {
  const leaf = canaryOf(target, draw);
  const filter = leaf ? { [leaf.field]: { _eq: leaf.value } } : { id: { _eq: target.id } };
  const secrets = leaf ? [{ real: leaf.value, absent: absentCanary }] : [{ real: target.id, absent: absentId(draw) }];
  const base = routeOf(target.collection);
  return [
    { method: 'PATCH', url: base, body: { query: { filter }, data: {} }, secrets, writes: true },
    { method: 'DELETE', url: base, body: { query: { filter } }, secrets, writes: true },
    { method: 'PATCH', url: `${base}?${toQuery({ filter })}`, body: { query: { filter }, data: { note: 'x' } }, secrets, writes: true },
  ];
}

/** A new row, or one's own row, that points at the target: flat, as an object, inside a list. */
function pointing({ draw, target, world, viewer }: Scene): Attempt[] {
  const secrets = [{ real: target.id, absent: absentId(draw) }];
  const towards = Object.keys(COLLECTIONS).flatMap((from) =>
    stepsFrom(from)
      .filter((step) => step.to === target.collection && COLLECTIONS[from]!.tenancy === 'owned')
      .map((step) => ({ from, ...step })),
  );
  if (!towards.length) return [];
  const { from, name, many } = draw.pick(towards);
  const link = many
    ? draw.pick<unknown>([
        [target.id],
        [{ id: target.id }],
        { create: [], update: [{ id: target.id }], delete: [] },
        { create: [], update: [], delete: [target.id] },
      ])
    : draw.pick<unknown>([target.id, { id: target.id }, { id: target.id, name: 'x' }]);
  const mine = world.of(from).find((row) => row.owner === viewer.id && row.segment === viewer.home);
  const attempts: Attempt[] = [{ method: 'POST', url: routeOf(from), body: { [name]: link }, secrets, writes: true }];
  if (mine) attempts.push({ method: 'PATCH', url: `${routeOf(from)}/${mine.id}`, body: { [name]: link }, secrets, writes: true });
  return attempts;
}

function smuggling({ draw, target, world }: Scene): Attempt[] {
  const base = routeOf(target.collection);
  const secrets = [{ real: target.id, absent: absentId(draw) }];
  const stranger = draw.pick(world.of('directus_users').filter((row) => row.segment === target.segment));
  return [
    // With a segment: a key alone is no smuggling where an own row needs nothing else, and the server gives it another one.
    { method: 'POST', url: base, body: { id: target.id, segment: target.segment }, writes: true },
    {
      method: 'POST',
      url: base,
      body: { name: 'x', title: 'x', subject: 'x', segment: target.segment, owner: stranger?.id },
      writes: true,
    },
    { method: 'PATCH', url: `${base}/${target.id}`, body: { segment: target.segment, owner: stranger?.id }, secrets, writes: true },
    {
      method: 'POST',
      url: '/graphql',
      body: { query: `mutation { delete_${target.collection}_item(id: "${target.id}") { id } }` },
      secrets,
      writes: true,
    },
    {
      method: 'POST',
      url: '/graphql',
      body: { query: `mutation { update_${target.collection}_items(ids: ["${target.id}"], data: {}) { id } }` },
      secrets,
      writes: true,
    },
    {
      method: 'POST',
      url: '/graphql',
      body: { query: `mutation { update_${target.collection}_batch(data: [{ id: "${target.id}" }]) { id } }` },
      secrets,
      writes: true,
    },
  ];
}

export const oraclePaths: Path[] = [
  { id: 'P9', name: 'change and delete by id', attempts: byId },
  { id: 'P9', name: 'change and delete by query', attempts: byQuery },
  { id: 'P9', name: 'pointing at a foreign row', attempts: pointing },
  { id: 'P9', name: 'smuggling segment and owner', attempts: smuggling },
];
