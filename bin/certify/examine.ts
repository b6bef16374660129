import { createHash } from 'node:crypto';
import { failuresOf, tally, totalsOf, type Certificate, type Outcome } from '../../extensions/crm/src/guard/certify/certificate.ts';
import { generateProbes } from '../../extensions/crm/src/guard/certify/generate-probes.ts';
import { faceless, judge, type Answer } from '../../extensions/crm/src/guard/certify/judge.ts';
import { fileProbes, peopleProbes } from '../../extensions/crm/src/guard/certify/people-probes.ts';
import { ghostOf, type Probe, type ProbeRow, type Request } from '../../extensions/crm/src/guard/certify/probe.ts';
import { hashOf } from '../../extensions/crm/src/guard/certify/seal.ts';
import { CLOSED_TABLES, HOST_DOORS, INNER_DOORS, SHUT_DOORS } from '../../extensions/crm/src/guard/certify/surface-probes.ts';
import { COLLECTIONS } from '../../extensions/crm/src/kernel/collections.ts';
import type { RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import { decisionOf } from '../../seed/access/decisions.ts';
import { outcomesOf, aftermath, type Finding } from './outcomes.ts';
import { requestCount, type Asker } from './ask.ts';
import { gatherCast, type Cast, type Logins } from './cast.ts';
import { plant, plantBeside, plantFile, uproot, type Planted } from './plant.ts';

export interface CertifyOptions {
  url: string;
  logins: Logins;
  say: (line: string) => void;
  /** Only these collections; absent: all of the model. */
  collections?: readonly string[];
  /** Only in the name of these; absent: everybody in turn. */
  roles?: readonly RoleOfRun[];
}

export type RoleOfRun = RoleName | 'anonymous';

interface Task {
  role: RoleOfRun;
  probe: Probe;
  ghost: Probe;
  row: ProbeRow;
  ghostRow: ProbeRow;
}

const AT_ONCE = 4;
const NOBODY: ProbeRow = { collection: 'host', id: '', values: {}, links: [], beside: [] };
const SEGMENT_ROLES: readonly RoleOfRun[] = ['segment_head', 'segment_admin', 'sales_rep', 'anonymous'];
export const ALL_ROLES: readonly RoleOfRun[] = ['system_admin', 'group_executive', ...SEGMENT_ROLES];

const reads = (role: RoleOfRun, collection: string) =>
  role !== 'anonymous' && ['all', 'shared'].includes(decisionOf(role, collection).read);
const mayWrite = (role: RoleOfRun, collection: string, reach: 'own' | 'foreign') =>
  role !== 'anonymous' &&
  (decisionOf(role, collection).update === 'all' || (reach === 'own' && decisionOf(role, collection).update === 'segment'));

function tasksFor(role: RoleOfRun, row: Planted, place: 'foreign' | 'colleague'): Task[] {
  const hidden = !reads(role, row.collection) && !(place === 'colleague' && seesSegment(role, row.collection));
  const fixed = !mayWrite(role, row.collection, place === 'colleague' ? 'own' : 'foreign');
  const ghostRow = ghostOf(row);
  const order = { hidden, fixed, expendable: row.ours };
  const twins = generateProbes({ row: ghostRow, ...order });
  return generateProbes({ row, ...order }).map((probe, index) => ({ role, probe, ghost: twins[index]!, row, ghostRow }));
}

const seesSegment = (role: RoleOfRun, collection: string) => role !== 'anonymous' && decisionOf(role, collection).read === 'segment';

function rowTasks(foreign: readonly Planted[], colleague: readonly Planted[]): Task[] {
  const askers: RoleOfRun[] = ['group_executive', ...SEGMENT_ROLES];
  return [
    ...askers.flatMap((role) => foreign.flatMap((row) => tasksFor(role, row, 'foreign'))),
    ...colleague.flatMap((row) => tasksFor('sales_rep', row, 'colleague')),
  ];
}

function sideTasks({ foreigner }: Cast, file: ProbeRow | null, isShared: boolean): Task[] {
  const person: ProbeRow = {
    collection: 'directus_users',
    id: foreigner.id,
    values: { email: foreigner.email ?? '', first_name: foreigner.first_name ?? '' },
    links: [],
    beside: [],
  };
  const pair = (role: RoleOfRun, row: ProbeRow, make: (row: ProbeRow) => Probe[]): Task[] => {
    const ghostRow = ghostOf(row);
    const twins = make(ghostRow);
    return make(row).map((probe, index) => ({ role, probe, ghost: twins[index]!, row, ghostRow }));
  };
  const doors = [...SHUT_DOORS, ...CLOSED_TABLES];
  const fixed = (role: RoleOfRun, probes: readonly Probe[]) =>
    probes.map((probe): Task => ({ role, probe, ghost: probe, row: NOBODY, ghostRow: NOBODY }));
  return [
    ...SEGMENT_ROLES.flatMap((role) => [...pair(role, person, peopleProbes), ...(file ? pair(role, file, fileProbes) : [])]),
    ...ALL_ROLES.flatMap((role) =>
      fixed(role, isShared && role === 'anonymous' ? doors.filter(({ path }) => !HOST_DOORS.has(path)) : doors),
    ),
    ...ALL_ROLES.filter((role) => role !== 'system_admin').flatMap((role) => fixed(role, INNER_DOORS)),
  ];
}

/** Asks in the name of the entitled; the first one who is told something speaks for them. Answers are remembered. */
function entitledAnswers(entitled: readonly Asker[]) {
  const known = new Map<string, Promise<Answer>>();
  const once = (asker: Asker, request: Request): Promise<Answer> => {
    const key = createHash('sha1')
      .update(JSON.stringify([asker.name, request.method, request.url, request.body]))
      .digest('hex');
    const answer = known.get(key) ?? asker.ask(request);
    known.set(key, answer);
    return answer;
  };
  return async ({ probe, ghost, row, ghostRow }: Task): Promise<{ entitledReal: Answer; entitledGhost: Answer }> => {
    const [real, blank] = [probe.control ?? probe, ghost.control ?? ghost];
    const nobody: Answer = { status: 0, text: '' };
    if (probe.expect === 'shut') return { entitledReal: nobody, entitledGhost: nobody };
    let answers = { entitledReal: nobody, entitledGhost: nobody };
    for (const asker of entitled) {
      answers = { entitledReal: await once(asker, real), entitledGhost: await once(asker, blank) };
      const isTold =
        probe.expect === 'denied'
          ? answers.entitledReal.status < 400
          : faceless(answers.entitledReal, row) !== faceless(answers.entitledGhost, ghostRow);
      if (isTold) return answers;
    }
    return answers;
  };
}

async function inPool<T, R>(tasks: readonly T[], work: (task: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(tasks.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < tasks.length; index = next++) results[index] = await work(tasks[index]!, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

const inShort = ({ status, text }: Answer) => `${status} ${text.slice(0, 120)}`;

async function probeAll(cast: Cast, tasks: readonly Task[], say: CertifyOptions['say']): Promise<Outcome[]> {
  const controls = entitledAnswers(cast.entitled);
  const step = Math.max(1, Math.floor(tasks.length / 10));
  return inPool(tasks, async (task, index) => {
    if (index % step === 0) say(`${index} / ${tasks.length}`);
    const { role, probe, ghost, row, ghostRow } = task;
    const asker = cast.askers[role];
    const real = await asker.ask(probe);
    const blank = probe.expect === 'blind' || probe.expect === 'sealable' ? await asker.ask(ghost) : real;
    const answers = { real, ghost: blank, ...(await controls(task)) };
    const verdict = judge(probe, answers, row, ghostRow);
    const why =
      verdict === 'leak'
        ? `${inShort(real)} ≠ ${inShort(blank)}`
        : `entitled: ${inShort(answers.entitledReal)} = ${inShort(answers.entitledGhost)}`;
    return { role, collection: probe.collection, path: probe.path, verb: probe.verb, verdict, why };
  });
}

const OWNED = ['owned', 'segmental', 'config', 'reference'];

async function walk(options: CertifyOptions, cast: Cast, skipped: string[], isShared: boolean): Promise<Outcome[]> {
  const admin = cast.askers.system_admin;
  const wanted = (collection: string) => !options.collections || options.collections.includes(collection);
  const all = Object.entries(COLLECTIONS).filter(([name, { tenancy }]) => OWNED.includes(tenancy) && wanted(name));
  const bound = all.filter(([, { tenancy }]) => tenancy === 'owned').map(([name]) => name);
  const file = await plantFile(admin);
  if (!file) skipped.push('directus_files: no file could be uploaded');
  const names = all.map(([name]) => name);
  const mayPlant = (name: string) =>
    decisionOf('system_admin', name).create !== 'none' && decisionOf('system_admin', name).delete !== 'none';
  const foreign = await plant(
    admin,
    { names, mayPlant },
    { segment: cast.foreigner.crm_segment!, owner: cast.foreigner.id },
    file?.id ?? null,
  );
  const unfiled = bound.filter((name) => name !== 'crm_attachments');
  const colleague = cast.colleague
    ? await plant(admin, { names: unfiled, mayPlant }, { segment: cast.colleague.crm_segment!, owner: cast.colleague.id }, null)
    : { rows: [], skipped: ['no second rep beside the rep'] };
  skipped.push(...foreign.skipped, ...colleague.skipped);
  const posts: Planted[] = cast.foreignPost
    ? [{ collection: 'crm_user_segments', id: cast.foreignPost, values: {}, links: [], beside: [], ours: false }]
    : [];
  const notes: string[] = [];
  const annotated = async (rows: readonly Planted[]): Promise<readonly Planted[]> => {
    if (!cast.technical) return rows;
    const marked = await plantBeside(cast.technical, rows);
    notes.push(...marked.notes);
    return marked.rows;
  };
  if (!cast.technical) skipped.push('activity, revisions, comments, shares, notifications: nobody to show that there is something to see');
  try {
    const [theirs, besides] = [await annotated(foreign.rows), await annotated(colleague.rows)];
    const tasks = [...rowTasks([...theirs, ...posts], besides), ...sideTasks(cast, file, isShared)].filter(
      ({ role }) => !options.roles || options.roles.includes(role),
    );
    const outcomes = await probeAll(cast, tasks, options.say);
    return [...outcomes, ...(await aftermath(admin, [...theirs, ...besides]))];
  } finally {
    for (const note of notes) await cast.technical?.send('DELETE', note);
    const left = [...(await uproot(admin, colleague.rows, null)), ...(await uproot(admin, foreign.rows, file?.id ?? null))];
    if (left.length) skipped.push(`could not be removed again: ${left.join(', ')}`);
  }
}

/** Examines a running instance from outside, as everybody in turn, and writes down what came of it (N1). */
export async function certify(options: CertifyOptions): Promise<Certificate> {
  const started = new Date();
  const begun = requestCount.value;
  const cast = await gatherCast(options.url, options.logins);
  const admin = cast.askers.system_admin;
  const skipped: string[] = [];
  if (options.collections) skipped.push(`examined by wish: only the collections ${options.collections.join(', ')}`);
  if (options.roles) skipped.push(`examined by wish: only as ${options.roles.join(', ')}`);
  const doctor = await admin.ask({ method: 'GET', url: '/crm/doctor' });
  const report = (doctor.status === 200 ? JSON.parse(doctor.text) : null) as {
    status: string;
    place: string;
    version: string;
    findings: Finding[];
  } | null;
  if (!report) skipped.push(`stored rights: the doctor answered ${doctor.status}`);
  const broken = (report?.findings ?? []).filter(({ level }) => level !== 'warning');
  const isClosed = report !== null && report.status !== 'ok';
  if (isClosed) skipped.push('probes: the doctor keeps the CRM closed; the ways below are open by their stored rule');
  if (report?.place === 'shared')
    skipped.push(`not logged in, in a Directus of others: ${[...HOST_DOORS].join(', ')} are the host's own to close`);
  const outcomes = [...outcomesOf(broken), ...(isClosed ? [] : await walk(options, cast, skipped, report?.place === 'shared'))];
  const server = await admin.get<{ version?: string }>('/server/info').catch(() => ({ version: undefined }));

  const failures = failuresOf(outcomes)
    .slice(0, 2000)
    .map((failure) => ({ ...failure, path: failure.path.slice(0, 255), why: failure.why.slice(0, 500) }));
  const content: Omit<Certificate, 'hash'> = {
    format: 1,
    result: failures.length || !outcomes.length ? 'failed' : 'passed',
    started_at: started.toISOString(),
    finished_at: new Date().toISOString(),
    instance: options.url,
    versions: { host: server.version ?? 'unknown', crm: report?.version ?? 'none', node: process.version },
    totals: totalsOf(outcomes, requestCount.value - begun),
    cells: tally(outcomes),
    failures,
    skipped: skipped.map((line) => line.slice(0, 300)),
  };
  return { ...content, hash: hashOf(content) };
}
