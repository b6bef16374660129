/**
 * A small world for the isolation tests: three segments and the group pool, thirty people in five roles, rows in every
 * collection of the model, each with canaries. Written straight into the database, as a hostile past could have left it.
 */
import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { COLLECTIONS } from '../../extensions/crm/src/kernel/collections.ts';
import { GROUP_COMPANY_ID, GROUP_SEGMENT_ID, ROLE_IDS, type RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import { Canaries } from './canary.ts';
import type { Viewer, WorldRow } from './visibility.ts';

type Model = (typeof COLLECTIONS)[string];
type FieldModel = Model['fields'][string];

/** A row of the world with the values that were written. */
export interface StoredRow extends WorldRow {
  values: Record<string, unknown>;
}

export interface World {
  segments: string[];
  people: Viewer[];
  rows: StoredRow[];
  canaries: Canaries;
  /** Rows that a foreign key of another's row was pointed at on purpose: their raw ids may stand in that row, nothing more. */
  crossed: Set<string>;
  of(collection: string): StoredRow[];
}

interface Person {
  role: RoleName;
  home: string | null;
  managed: string[];
  count: number;
}

const ROWS_PER_OWNER = 2;
/** A rule that lets every rep decide what belongs to colleagues shows it to them: rightly so, but the model has no word for it. */
const DECIDE_FOR_NOBODY_ELSE: ReadonlySet<unknown> = new Set(['sales_rep']);
/** States that a serving node would go on with by itself (imports, exports, hand-overs, freezes that end): what nobody attempts would change. */
const WORKING: ReadonlySet<unknown> = new Set(['uploaded', 'importing', 'undoing', 'running', 'frozen']);

function staff(segments: readonly string[]): Person[] {
  const [a, b] = segments as [string, string];
  return [
    { role: 'system_admin', home: GROUP_SEGMENT_ID, managed: [], count: 2 },
    { role: 'group_executive', home: GROUP_SEGMENT_ID, managed: [], count: 2 },
    ...segments.flatMap((segment): Person[] => [
      { role: 'segment_head', home: segment, managed: [segment], count: 1 },
      { role: 'segment_admin', home: segment, managed: [segment], count: 2 },
      { role: 'sales_rep', home: segment, managed: [], count: 4 },
    ]),
    { role: 'segment_head', home: a, managed: [a, b], count: 1 },
    { role: 'segment_head', home: a, managed: [], count: 1 },
    { role: 'segment_admin', home: null, managed: [], count: 1 },
    { role: 'sales_rep', home: null, managed: [], count: 2 },
  ];
}

/** Fills the database; `passwordHash` is one argon2 hash for all of them. */
export async function buildWorld(database: Knex, { passwordHash, random }: { passwordHash: string; random: () => number }): Promise<World> {
  const canaries = new Canaries();
  const rows: StoredRow[] = [];
  const crossed = new Set<string>();
  const of = (collection: string) => rows.filter((row) => row.collection === collection);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];

  const segments: string[] = [];
  for (const code of ['ta', 'tb', 'tc']) {
    const id = randomUUID();
    segments.push(id);
    await database('crm_segments').insert({ id, code, name: `Segment ${code}`, company: GROUP_COMPANY_ID });
  }

  const people: Viewer[] = [];
  for (const group of staff(segments)) {
    for (let index = 0; index < group.count; index++) {
      const id = randomUUID();
      const email = `p${people.length}.${group.role.replace('_', '')}@example.com`;
      const row: StoredRow = { collection: 'directus_users', id, tenancy: 'segmental', segment: group.home, owner: id, values: {} };
      row.values = { first_name: canaries.mint(row), last_name: canaries.mint(row) };
      await database('directus_users').insert({
        ...row.values,
        id,
        email,
        password: passwordHash,
        role: ROLE_IDS[group.role],
        status: 'active',
        provider: 'default',
        crm_segment: group.home,
        language: random() < 0.5 ? 'zh-CN' : 'en-US',
      });
      for (const segment of group.managed)
        await database('crm_user_segments').insert({ id: randomUUID(), crm_user: id, crm_segment: segment });
      people.push({ id, email, role: group.role, active: true, home: group.home, managed: group.managed });
      rows.push(row);
    }
  }

  const workers = people.filter(
    (person) => person.role === 'sales_rep' || person.role === 'segment_head' || person.role === 'segment_admin',
  );

  const valueOf = (row: StoredRow, field: FieldModel): unknown => {
    if (field.relation) return relationOf(row, field.relation, field.notNull === true);
    if (row.collection === 'crm_approval_rules' && field.choices?.includes('sales_rep'))
      return pick(field.choices.filter((choice) => !DECIDE_FOR_NOBODY_ELSE.has(choice)));
    if (field.choices?.length) return pick(field.choices.filter((choice) => !WORKING.has(choice)));
    switch (field.type) {
      case 'string':
      case 'text':
        return field.length !== undefined && field.length < 11 ? 'x' : canaries.mint(row);
      case 'json':
        return JSON.stringify([canaries.mint(row)]);
      case 'integer':
        return Math.floor(random() * 100);
      case 'decimal':
        return Math.floor(random() * 1e4) / 100;
      case 'boolean':
        return random() < 0.5;
      case 'date':
        return '2026-03-04';
      case 'timestamp':
        return new Date(Date.UTC(2026, 2, 4, Math.floor(random() * 24)));
      default:
        return null;
    }
  };

  const relationOf = (row: StoredRow, relation: { to: string; kind: string }, required: boolean): unknown => {
    const all = of(relation.to).filter((target) => target.id !== row.id);
    if (relation.kind === 'user') return row.owner ?? pick(people)?.id ?? null;
    if (relation.kind === 'reference') return pick(all)?.id ?? null;
    const isShared = (target: StoredRow) => target.tenancy === 'config' && target.segment === null;
    const own = all.filter(
      (target) => isShared(target) || (target.segment === row.segment && (relation.kind === 'segment' || target.owner === row.owner)),
    );
    if (relation.kind === 'tree' && !required && random() < 0.3) return null;
    if (!required && random() < 0.1) {
      const foreign = pick(all.filter((target) => target.segment !== row.segment));
      if (foreign) {
        crossed.add(foreign.id);
        return foreign.id;
      }
    }
    const taken = pick(own);
    // The same segment, but somebody else's: a rep sees the raw key in the own row, as with a link across segments.
    if (taken && !isShared(taken) && taken.owner !== row.owner) crossed.add(taken.id);
    return taken?.id ?? null;
  };

  const insert = async (collection: string, model: Model, segment: string | null, owner: string | null) => {
    const row: StoredRow = { collection, id: randomUUID(), tenancy: model.tenancy, segment, owner, values: {} };
    rows.push(row);
    const values: Record<string, unknown> = { id: row.id };
    let parentTaken = false;
    for (const [name, field] of Object.entries(model.fields)) {
      if (name === 'id') continue;
      if (name === 'segment') values[name] = segment;
      else if (name === 'owner') values[name] = owner;
      else if (model.parents.includes(name) && parentTaken) values[name] = null;
      else {
        values[name] = valueOf(row, field);
        if (model.parents.includes(name) && values[name]) parentTaken = true;
      }
    }
    // What says that it is being worked on would be taken up by the server in the middle of an attempt.
    if (collection === 'crm_imports' && ['uploaded', 'importing', 'undoing'].includes(String(values['status'])))
      values['status'] = 'imported';
    // A freeze that is over would be ended by the server, and a thaw to come keep everybody's token out.
    if (collection === 'crm_freezes') {
      const user = people.find(({ home }) => home === segment)?.id ?? values['user'];
      Object.assign(values, { until: null, thawed_at: null, user });
    }
    // What is overdue would be escalated by the server in the middle of an attempt.
    if (collection === 'crm_access_requests') values['due_on'] = null;
    row.values = values;
    await database(collection).insert(values);
  };

  const file = async (segment: string, owner: string) => {
    const row: StoredRow = { collection: 'directus_files', id: randomUUID(), tenancy: 'owned', segment, owner, values: {} };
    rows.push(row);
    row.values = {
      id: row.id,
      storage: 'local',
      filename_disk: `${row.id}.txt`,
      filename_download: `${canaries.mint(row)}.txt`,
      title: canaries.mint(row),
      type: 'text/plain',
      segment,
      owner,
      uploaded_by: owner,
    };
    await database('directus_files').insert(row.values);
  };

  const forEveryWorker = async (plant: (segment: string, owner: string) => Promise<void>) => {
    for (const { home, id } of workers) {
      for (let n = 0; home && n < ROWS_PER_OWNER; n++) await plant(home, id);
    }
  };
  await forEveryWorker(file);
  await file(GROUP_SEGMENT_ID, people[0]!.id);

  for (const [collection, model] of Object.entries(COLLECTIONS)) {
    if (model.tenancy === 'internal') continue;
    if (model.tenancy === 'reference') {
      for (const { id } of await database(collection).select('id').limit(40))
        rows.push({ collection, id, tenancy: 'reference', segment: null, owner: null, values: { id } });
      continue;
    }
    if (model.tenancy === 'log') {
      // What concerns the system has no segment; the blocks of the chain are the sealer's alone.
      if (model.fields['segment']) for (const segment of [...segments, null]) await insert(collection, model, segment, null);
      continue;
    }
    if (model.tenancy === 'config') {
      for (const shared of await database(collection).select('id'))
        rows.push({ collection, id: shared.id, tenancy: 'config', segment: null, owner: null, values: { id: shared.id } });
    }
    if (model.tenancy === 'owned') {
      await forEveryWorker((segment, owner) => insert(collection, model, segment, owner));
      await insert(collection, model, GROUP_SEGMENT_ID, people[0]!.id);
    } else {
      for (const segment of segments) await insert(collection, model, segment, null);
    }
  }
  return { segments, people, rows, canaries, crossed, of };
}
