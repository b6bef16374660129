import { COLLECTIONS } from '../../kernel/collections.ts';
import { GROUP_SEGMENT_ID, ROLE_IDS } from '../../kernel/roles.ts';
import type { HostContext, Knex, SchemaOverview } from '../../platform/api/host.ts';
import type { DoctorPlan } from './plan.ts';
import { customFields, readGrants, readStoredAccess } from './read-access.ts';
import { readSafeCopies } from './read-safe-copies.ts';
import { compareAccess } from './rules/compare-access.ts';
import { finding, type Finding } from './rules/finding.ts';
import { extendAccess } from './rules/grants.ts';
import { checkHeadcount } from './rules/headcount.ts';
import { checkSafeCopies } from './rules/safe-copies.ts';
import { checkSettings } from './rules/settings.ts';
import type { ExpectedAccess, StoredAccess } from './rules/stored-access.ts';

const isProduction = (env: HostContext['env']) => String(env['CRM_DEMO']) !== 'true';

export interface Rights {
  expected: ExpectedAccess;
  stored: StoredAccess;
  findings: Finding[];
  /** Equal fingerprints mean that nothing about rights changed. */
  fingerprint: string;
}

/** Reads the stored rights and compares them with the matrix and the grants. Some milliseconds: it runs every few seconds. */
export async function examineRights(plan: DoctorPlan, { database, getSchema }: HostContext, known: Rights | null): Promise<Rights> {
  const stored = await readStoredAccess(database, plan.expected);
  const grants = await readGrants(database);
  const fields = grants.length ? customFields(await getSchema()) : [];
  const fingerprint = JSON.stringify([stored, grants, fields]);
  if (known?.fingerprint === fingerprint) return known;
  const extended = extendAccess(plan.expected, grants, fields);
  return {
    expected: extended.expected,
    stored,
    fingerprint,
    findings: [...extended.findings, ...compareAccess(extended.expected, stored)],
  };
}

/** Tables of ours that do not stand: the CRM cannot be used before the installation is done. */
export async function missingTables(database: Knex): Promise<string[]> {
  const standing = await database('directus_collections').where('collection', 'like', 'crm%').pluck('collection');
  return Object.keys(COLLECTIONS).filter((collection) => !standing.includes(collection));
}

export type Place = 'own' | 'shared';

/** Whether this Directus is the CRM's alone, as the installer wrote it down. */
export async function placeOf(database: Knex): Promise<Place> {
  const row = await database<{ key: string; value: string | null }>('crm_install_state').where({ key: 'host' }).first('value');
  return row?.value?.includes('shared') ? 'shared' : 'own';
}

/** What the host prunes by age; nothing of ours may hang on it. */
const PRUNED = ['directus_activity', 'directus_revisions'];

const checkPruning = ({ relations }: SchemaOverview): Finding[] =>
  relations
    .filter(({ collection, related_collection: to }) => Object.hasOwn(COLLECTIONS, collection) && PRUNED.includes(to ?? ''))
    .map(({ collection, field, related_collection: to }) =>
      finding('pruned_along', `${collection}.${field}`, { collection, field, to: String(to) }),
    );

async function checkSchema(database: Knex, schema: SchemaOverview): Promise<Finding[]> {
  const silent: string[] = await database('directus_collections')
    .where('collection', 'like', 'crm%')
    .whereNull('accountability')
    .pluck('collection');
  return Object.entries(COLLECTIONS).flatMap(([collection, { fields }]) => {
    const segment = schema.collections[collection]?.fields['segment'];
    return [
      ...(fields['segment']?.notNull && segment?.nullable ? [finding('segment_nullable', `${collection}.segment`, { collection })] : []),
      ...(silent.includes(collection) ? [finding('unaudited', `${collection}.accountability`, { collection })] : []),
    ];
  });
}

/** The host around us: its version and settings, our tables and indexes. Changes with a restart or an installation only. */
export async function examineSurroundings(plan: DoctorPlan, context: HostContext): Promise<Finding[]> {
  const { database, env, services } = context;
  const missing = await missingTables(database);
  if (missing.length) return [finding('not_installed', 'installation', { missing: missing.slice(0, 5).join(', ') })];
  const schema = await context.getSchema({ bypassCache: true, database });
  const server = new services.ServerService({ schema, knex: database, accountability: { user: 'doctor', admin: true } });
  const indexes = await plan.readIndexNames(database);
  return [
    ...checkSettings(env, String((await server.serverInfo())['version']), isProduction(env)),
    ...(await checkSchema(database, schema)),
    ...checkPruning(schema),
    ...plan.indexes
      .filter(({ name }) => !indexes.has(name))
      .map(({ name, table }) => finding('index_missing', `${table}.${name}`, { index: name })),
  ];
}

async function checkPeople(database: Knex): Promise<Finding[]> {
  const users = await database('directus_users')
    .whereIn('role', Object.values(ROLE_IDS))
    .where({ status: 'active' })
    .select('id', 'role', 'crm_segment');
  const links = await database('crm_user_segments').select('crm_user', 'crm_segment');
  return checkHeadcount({
    pool: GROUP_SEGMENT_ID,
    segments: await database('crm_segments').where({ active: true }).orderBy('code').select('id', 'code'),
    companies: await database('crm_companies').orderBy('name').select('name', 'project_owner'),
    people: users.map((user) => ({
      role: user.role,
      home: user.crm_segment,
      managed: links.filter((link) => link.crm_user === user.id).map((link) => link.crm_segment),
    })),
  });
}

async function checkTechnicalAdmins(database: Knex, env: HostContext['env']): Promise<Finding[]> {
  if (!isProduction(env)) return [];
  const admins = await database('directus_users as u')
    .join('directus_access as a', (join) => join.on('a.role', 'u.role').orOn('a.user', 'u.id'))
    .join('directus_policies as p', 'p.id', 'a.policy')
    .where({ 'u.status': 'active', 'p.admin_access': true })
    .countDistinct({ count: 'u.id' })
    .first();
  const count = Number(admins?.['count'] ?? 0);
  return count ? [finding('technical_admin_active', 'users.admin', { count })] : [];
}

const MOST_BACKUP_HOURS = 26;

/** Production of our own only: the demo holds nothing to lose, and a shared host has the backups of whoever runs it. */
async function checkCopies({ database, env }: HostContext, now: Date): Promise<Finding[]> {
  if (!isProduction(env) || (await placeOf(database)) === 'shared') return [];
  const mostHours = Number(env['CRM_BACKUP_MAX_HOURS']) || MOST_BACKUP_HOURS;
  return checkSafeCopies(await readSafeCopies(database), mostHours, now);
}

/** Month and year in Shanghai at `now`. */
const businessMonth = (now: Date) => {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: 'numeric' }).formatToParts(now);
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value);
  return { year: part('year'), month: part('month') };
};

const NOVEMBER = 11;

/** From November on the next year's holidays must be in the calendar (F38). */
async function checkCalendar(context: HostContext, now: Date): Promise<Finding[]> {
  const { year, month } = businessMonth(now);
  const needed = month >= NOVEMBER ? [year, year + 1] : [year];
  const schema = await context.getSchema();
  const days = new context.services.ItemsService('crm_calendar_days', { schema, knex: context.database });
  const findings: Finding[] = [];
  for (const wanted of needed) {
    const found = await days.readByQuery({
      filter: { day: { _between: [`${wanted}-01-01`, `${wanted}-12-30`] } },
      limit: 1,
      fields: ['id'],
    });
    if (!found.length) findings.push(finding('calendar_missing', `calendar.${wanted}`, { year: wanted }));
  }
  return findings;
}

/** Why sealed values can be neither saved nor shown; nothing where the keys are there. */
export function checkKeys({ sealing }: DoctorPlan): Finding[] {
  const fault = sealing.keyFault();
  if (!fault) return [];
  const { reason, ...values } = fault;
  return [finding(reason, 'CRM_KEYS', values)];
}

const flowPath = ({ flow, operation }: { flow: string; operation: string }) => ['flows', flow, ...(operation ? [operation] : [])].join('.');

async function checkSealing({ sealing, logging }: DoctorPlan, { database, getSchema }: HostContext, now: Date): Promise<Finding[]> {
  const schema = await getSchema();
  const { unsealed, damaged, flows, orphans, masters } = await sealing.examine(database, schema, now);
  const named = flows.map(flowPath);
  // One that stores values in clear is named for that already.
  const silent = (await logging.silentOperations(database, schema)).filter((one) => !named.includes(flowPath(one)));
  return [
    ...masters.map(({ id, count, fault }) => finding(fault === 'wrong' ? 'key_wrong' : 'key_absent', `CRM_KEYS.${id}`, { id, count })),
    ...unsealed.map((row) => finding('values_unsealed', `${row.collection}.${row.field}`, { ...row })),
    ...damaged.map((place) => {
      const [, item = '', field = ''] = place.split('/');
      return finding('value_damaged', place, { item, field });
    }),
    ...flows.map(({ reason, flow, operation }) => finding(reason, flowPath({ flow, operation }), { flow, operation })),
    ...silent.map((one) => finding('flow_silent', flowPath(one), { ...one })),
    ...(orphans ? [finding('keys_orphaned', 'crm_subject_keys', { count: orphans })] : []),
  ];
}

/** What people have to see to: headcounts, the calendar, the technical administrator, backups, sealed values, and the recount of the trees. */
export async function examineDuties(plan: DoctorPlan, context: HostContext, now: Date): Promise<Finding[]> {
  const { database, env } = context;
  const crossed = await plan.recountTree(database);
  return [
    ...crossed.map((row) => finding('tree_crossed', `${row.child}.${row.field}`, { ...row })),
    ...(await plan.recountMarks(database)).map((row) => finding('marks_drifted', row.collection, { ...row })),
    ...checkKeys(plan),
    ...(await checkSealing(plan, context, now)),
    ...(await checkPeople(database)),
    ...(await checkTechnicalAdmins(database, env)),
    ...(await checkCalendar(context, now)),
    ...(await checkCopies(context, now)),
  ];
}
