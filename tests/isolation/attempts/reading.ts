/** P1 and P2: lists, single rows, SEARCH bodies, counts and groups. */
import { COLLECTIONS } from '../../../extensions/crm/src/kernel/collections.ts';
import { absentCanary, absentId, canaryOf, get, routeOf, toQuery, type Attempt, type Path, type Scene } from './attempt.ts';

type Steps = { name: string; to: string; many: boolean }[];

/** Where one can step from a collection: its own foreign keys and the lists that others give it. */
export function stepsFrom(collection: string): Steps {
  const model = COLLECTIONS[collection];
  if (!model) return [];
  const keys = Object.entries(model.fields).flatMap(([name, field]) =>
    field.relation ? [{ name, to: field.relation.to, many: false }] : [],
  );
  const lists = Object.entries(model.lists).map(([name, list]) => ({ name, to: list.collection, many: true }));
  return [...keys, ...lists];
}

/** The deep ones last: each of them costs the host a second or more, so they are drawn less often. */
const FIELD_LISTS = ['*', '*.*', 'id', 'id,*.id', '*', '*.*', '*.*.*', 'id,*.*.*.*'];

/** A filter that reaches the target's canary from `collection`, by as many steps as drawn, in one of the host's dialects. */
function reachingFilter(scene: Scene, collection: string, leaf: { field: string; value: string }, depth: number): Record<string, unknown> {
  const { draw, target } = scene;
  const operator = draw.pick(['_eq', '_starts_with', '_contains', '_in', '_istarts_with']);
  const condition = { [leaf.field]: { [operator]: leaf.value } };
  if (collection === target.collection && (depth <= 0 || draw.chance(0.3))) return condition;
  const steps = stepsFrom(collection);
  if (!steps.length || depth <= 0) return condition;
  const towards = steps.filter((step) => step.to === target.collection);
  const step = draw.pick(towards.length ? towards : steps);
  const inside = step.to === target.collection ? condition : reachingFilter(scene, step.to, leaf, depth - 1);
  const wrapped = step.many ? { [step.name]: draw.pick([inside, { _some: inside }, { _none: inside }]) } : { [step.name]: inside };
  return draw.pick([wrapped, { _and: [wrapped] }, { _or: [wrapped, { id: { _null: true } }] }]);
}

/** The collection a relational oracle starts from: the target's own, or one that a step leads from. */
function startOf({ draw, target }: Scene): string {
  const neighbours = Object.keys(COLLECTIONS).filter((name) => stepsFrom(name).some((step) => step.to === target.collection));
  return draw.chance(0.4) || !neighbours.length ? target.collection : draw.pick(neighbours);
}

function listAttempts(scene: Scene): Attempt[] {
  const { draw, target } = scene;
  const leaf = canaryOf(target, draw);
  const query: Record<string, unknown> = { fields: draw.pick(FIELD_LISTS), limit: draw.pick([-1, 1, 25, 1000]) };
  if (draw.chance(0.3)) query['meta'] = '*';
  if (draw.chance(0.2)) query['page'] = draw.pick([1, 2, 9999]);
  if (draw.chance(0.3)) {
    const step = stepsFrom(target.collection);
    query['sort'] = step.length && draw.chance(0.5) ? `${draw.chance(0.5) ? '-' : ''}${draw.pick(step).name}.id` : draw.pick(['id', '-id']);
  }
  const base = routeOf(target.collection);
  const attempts: Attempt[] = [get(`${base}?${toQuery(query)}`)];
  const many = stepsFrom(target.collection).filter((step) => step.many);
  if (many.length) {
    const list = draw.pick(many).name;
    attempts.push(get(`${base}?${toQuery({ fields: `id,${list}.*`, deep: { [list]: { _limit: -1, _sort: 'id' } } })}`));
    attempts.push(get(`${base}?${toQuery({ fields: `id,probe.*`, alias: { probe: list } })}`));
    attempts.push(get(`${base}?${toQuery({ fields: `id,count(${list})` })}`));
  }
  if (leaf) {
    const start = startOf(scene);
    const secrets = [{ real: leaf.value, absent: absentCanary }];
    const filter = reachingFilter(scene, start, leaf, 1 + draw.below(2));
    attempts.push(get(`${routeOf(start)}?${toQuery({ filter, fields: 'id', limit: -1, meta: '*' })}`, { secrets }));
    attempts.push({ method: 'SEARCH', url: routeOf(start), body: { query: { filter, fields: ['id'], limit: -1 } }, secrets });
    attempts.push(get(`${base}?${toQuery({ search: leaf.value, fields: '*', meta: '*' })}`, { secrets, control: leaf.value }));
    attempts.push(
      get(`${base}?${toQuery({ filter: { [leaf.field]: { _eq: leaf.value } }, fields: '*' })}`, { secrets, control: leaf.value }),
    );
  }
  return attempts;
}

function singleAttempts({ draw, target }: Scene): Attempt[] {
  const secrets = [{ real: target.id, absent: absentId(draw) }];
  const base = routeOf(target.collection);
  return [
    get(`${base}/${target.id}`, { secrets, control: target.id }),
    get(`${base}/${target.id}?fields=${draw.chance(0.3) ? '*.*.*' : '*.*'}`, { secrets }),
    get(`${base}/${target.id}?version=main`, { secrets }),
    get(`${base}?${toQuery({ filter: { id: { _in: [target.id] } }, fields: draw.pick(FIELD_LISTS) })}`, { secrets, control: target.id }),
    get(`${base}?${toQuery({ filter: { _not: { id: { _neq: target.id } } }, meta: 'filter_count' })}`, { secrets }),
  ];
}

function aggregateAttempts(scene: Scene): Attempt[] {
  const { draw, target } = scene;
  const model = COLLECTIONS[target.collection];
  const base = routeOf(target.collection);
  const plain = model ? Object.keys(model.fields) : ['id', 'title'];
  const texts = model
    ? Object.entries(model.fields)
        .filter(([, field]) => field.type === 'string')
        .map(([name]) => name)
    : ['title'];
  const attempts: Attempt[] = [
    get(`${base}?${toQuery({ aggregate: { count: '*' } })}`),
    get(`${base}?${toQuery({ aggregate: { countDistinct: draw.pick(plain) } })}`),
    get(`${base}?${toQuery({ aggregate: { count: '*' }, groupBy: draw.some(plain, 2) })}`),
  ];
  if (texts.length) attempts.push(get(`${base}?${toQuery({ aggregate: { max: draw.pick(texts), min: draw.pick(texts) } })}`));
  const steps = stepsFrom(target.collection);
  if (steps.length) {
    const step = draw.pick(steps);
    attempts.push(get(`${base}?${toQuery({ aggregate: { count: '*' }, groupBy: [`${step.name}.name`] })}`));
    attempts.push(get(`${base}?${toQuery({ filter: { [`count(${step.name})`]: { _gt: 0 } }, fields: 'id' })}`));
    attempts.push(
      get(`${base}?${toQuery({ filter: { [`$FOLLOW(${target.collection},${step.name})`]: { id: { _nnull: true } } }, fields: 'id' })}`),
    );
  }
  return attempts;
}

export const readingPaths: Path[] = [
  { id: 'P1', name: 'lists', attempts: listAttempts },
  { id: 'P1', name: 'single rows', attempts: singleAttempts },
  { id: 'P2', name: 'aggregates and groups', attempts: aggregateAttempts },
];
