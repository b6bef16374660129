import { among } from '../../platform/api/among.ts';
import type { Knex } from '../../platform/api/host.ts';
import { fileLinks, pathsBelow } from '../../segments/index.ts';
import type { Caller } from './conditions.ts';
import type { HandoverRequest, Preview } from './contract.ts';
import { namesOf } from './list-people.ts';
import { planHandover, type RulePlan } from './plan.ts';
import type { HandoverPorts } from './ports.ts';
import { countNaming } from './references.ts';
import { addTo, sumOf } from './record.ts';
import { collectionOf, type Root } from './rules/match-rules.ts';
import { warningsOf } from './warnings.ts';

type TreePath = ReturnType<typeof pathsBelow>[number];
type Where = (query: Knex.QueryBuilder) => void;

/** Rows at the end of a way down from many roots. */
function along(database: Knex, path: TreePath, roots: readonly string[]): Where {
  const { field } = path.at(-1)!;
  if (path.length === 1) return among(database, field, roots);
  const above = path.slice(0, -1);
  return (query) =>
    void query.whereIn(
      field,
      database(above.at(-1)!.collection)
        .where(along(database, above, roots))
        .select('id'),
    );
}

/** How many rows of each kind go along with some roots. */
async function countBelow(database: Knex, root: Root, ids: readonly string[], counts: Record<string, number>): Promise<void> {
  addTo(counts, root, ids.length);
  const below = Map.groupBy(pathsBelow(root), (path) => path.at(-1)!.collection);
  const reached = (paths: readonly TreePath[]) => (query: Knex.QueryBuilder) =>
    void query.where((any) => {
      for (const path of paths) void any.orWhere(along(database, path, ids));
    });
  const carrying = [root, ...below.keys()];
  for (const [collection, paths] of below) {
    const [row] = await database(collection).where(reached(paths)).count({ rows: '*' });
    addTo(counts, collection, Number(row!['rows']));
  }
  for (const { collection, field } of fileLinks().filter((link) => carrying.includes(link.collection))) {
    const rows = database(collection).whereNotNull(field);
    const mine = collection === root ? rows.where(among(database, 'id', ids)) : rows.where(reached(below.get(collection)!));
    const [row] = await database('directus_files').whereIn('id', mine.select(field)).count({ rows: '*' });
    addTo(counts, 'directus_files', Number(row!['rows']));
  }
}

async function rowsOf(database: Knex, { roots }: RulePlan): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [root, rows] of roots)
    if (rows.length)
      await countBelow(
        database,
        root,
        rows.map(({ id }) => id),
        counts,
      );
  return counts;
}

/** What a hand-over would do, by kind; writes nothing (N5). */
export async function previewHandover(ports: HandoverPorts, caller: Caller, request: HandoverRequest): Promise<Preview> {
  const { database } = ports.context;
  const plan = await planHandover(ports, caller, request);
  const { schema, actor } = caller;
  const found = await countNaming(database, schema, plan.from.user, plan.scope, ['work', 'post', 'named', 'author', 'personal', 'right']);
  const rows: Record<string, number>[] = [];
  for (const rule of plan.rules) rows.push(await rowsOf(database, rule));
  const names = await namesOf(database, plan.scope, [plan.from.user, ...plan.rules.map(({ to }) => to.user)]);
  const who = (id: string) => ({ id, name: names.get(id) ?? null });
  const posts = plan.rules.flatMap((rule) => rule.posts);
  const goesOf = ({ collection, field, handling }: (typeof found)[number]): number =>
    handling === 'work'
      ? rows.reduce((sum, counts) => sum + (counts[collection] ?? 0), 0)
      : posts.filter((post) => post.collection === collection && post.field === field).length;
  const kinds = found
    .filter(({ handling }) => handling === 'work' || handling === 'post')
    .map((one) => {
      const goes = goesOf(one);
      return { collection: one.collection, field: one.field, total: one.count, goes, left: Math.max(0, one.count - goes) };
    });
  const named = found.filter(({ handling }) => handling === 'named').reduce((sum, { count }) => sum + count, 0);
  return {
    from: who(plan.from.user),
    total: rows.reduce((sum, counts) => sum + sumOf(counts), 0) + posts.length,
    rules: plan.rules.map(({ to, roots, posts: own }, place) => ({
      to: who(to.user),
      collection: collectionOf(request.rules[place]!),
      roots: Object.fromEntries([...roots].filter(([, of]) => of.length).map(([root, of]) => [root, of.length])),
      rows: rows[place]!,
      posts: own.length,
    })),
    kinds,
    stays: found
      .filter(({ handling }) => handling !== 'work' && handling !== 'post')
      .map(({ collection, field, handling, count }) => ({ collection, field, handling, count })),
    warnings: warningsOf(plan, named, actor.language),
  };
}
