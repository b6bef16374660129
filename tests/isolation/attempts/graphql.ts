/** P3: GraphQL on items and on the system side: nested, aliased, aggregated, by id, by version, fragments, SDL. */
import { COLLECTIONS } from '../../../extensions/crm/src/kernel/collections.ts';
import { absentCanary, absentId, canaryOf, type Attempt, type Path, type Scene } from './attempt.ts';
import { stepsFrom } from './reading.ts';

const ask = (query: string, rest: Partial<Attempt> = {}, system = false): Attempt => ({
  method: 'POST',
  url: system ? '/graphql/system' : '/graphql',
  body: { query },
  ...rest,
});

function itemAttempts({ draw, target }: Scene): Attempt[] {
  const { collection } = target;
  if (!COLLECTIONS[collection]) return systemAttempts({ draw, target } as Scene);
  const leaf = canaryOf(target, draw);
  const ids = [{ real: target.id, absent: absentId(draw) }];
  const steps = stepsFrom(collection);
  const nested = steps.length ? `${draw.pick(steps).name} { id }` : '';
  const attempts: Attempt[] = [
    ask(`{ ${collection}(limit: -1) { id ${nested} } }`),
    ask(`{ ${collection}_by_id(id: "${target.id}") { id } }`, { secrets: ids, control: target.id }),
    ask(`{ ${collection}_aggregated { count { id } countAll } }`),
    ask(`fragment F on ${collection} { id ${nested} } { ${collection}(filter: { id: { _eq: "${target.id}" } }) { ...F } }`, {
      secrets: ids,
    }),
    ask(`{ ${Array.from({ length: 50 }, (_, n) => `a${n}: ${collection}_by_id(id: "${target.id}") { id }`).join(' ')} }`, { secrets: ids }),
    ask(`{ ${collection}_by_version(version: "draft", id: "${target.id}") { id } }`, { secrets: ids }),
  ];
  if (leaf) {
    const secrets = [{ real: leaf.value, absent: absentCanary }];
    attempts.push(ask(`{ ${collection}(search: "${leaf.value}") { id } }`, { secrets, control: target.id }));
    attempts.push(
      ask(`{ ${collection}(filter: { ${leaf.field}: { _eq: "${leaf.value}" } }) { id ${leaf.field} } }`, { secrets, control: leaf.value }),
    );
    attempts.push(ask(`{ ${collection}_aggregated(filter: { ${leaf.field}: { _eq: "${leaf.value}" } }) { count { id } } }`, { secrets }));
    const towards = Object.keys(COLLECTIONS).flatMap((from) =>
      stepsFrom(from)
        .filter((step) => step.to === collection)
        .map((step) => ({ from, ...step })),
    );
    if (towards.length) {
      const step = draw.pick(towards);
      attempts.push(ask(`{ ${step.from}(filter: { ${step.name}: { ${leaf.field}: { _eq: "${leaf.value}" } } }) { id } }`, { secrets }));
    }
  }
  return attempts;
}

function systemAttempts({ draw }: Scene): Attempt[] {
  return [
    ask('{ users(limit: -1) { id first_name last_name email crm_segment { id } } }', {}, true),
    ask('{ users_aggregated { countAll } files_aggregated { countAll } }', {}, true),
    ask('{ files(limit: -1) { id title filename_download } }', {}, true),
    ask('{ activity(limit: -1) { id collection item user { id first_name } } }', {}, true),
    ask('{ revisions(limit: -1) { id data delta } }', {}, true),
    ask(
      '{ presets(limit: -1) { id user { id } filter } notifications { id message } comments { id comment } shares { id item } }',
      {},
      true,
    ),
    ask('{ roles { id users { id first_name } } policies { id } permissions { id permissions } access { id } }', {}, true),
    ask(
      draw.pick([
        '{ __schema { types { name fields { name } } } }',
        '{ server_specs_graphql }',
        '{ server_specs_oas }',
        '{ server_health }',
      ]),
      {},
      true,
    ),
  ];
}

export const graphqlPaths: Path[] = [
  { id: 'P3', name: 'GraphQL items', attempts: itemAttempts },
  { id: 'P3', name: 'GraphQL system', attempts: systemAttempts },
];
