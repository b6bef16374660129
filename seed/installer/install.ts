import { beginState } from './begin.ts';
import type { Change, InstallInput, Installation, Planner } from './changes.ts';
import { planCollections } from './collections.ts';
import { planColumns } from './columns.ts';
import { planFields } from './fields.ts';
import { loadState, refuseForeign } from './foreign.ts';
import { clearCaches, type InstallHost } from './host-door.ts';
import { planIndexes } from './indexes.ts';
import { underLease } from './lease.ts';
import { planMeta } from './meta.ts';
import { planNotNull } from './not-null.ts';
import type { PartScope, SeedPart } from './parts.ts';
import { planRelations } from './relations.ts';
import { planRows } from './rows.ts';
import { planRun } from './runs.ts';
import { planSettings } from './settings.ts';
import { readStanding } from './standing.ts';
import { InstallState } from './state.ts';

export interface InstallOptions {
  /** `own`: the host was made for this CRM, its settings are ours too. `shared`: it has data of others. */
  place: 'own' | 'shared';
  demo: boolean;
  /** Says what would be done and does nothing. */
  check?: boolean;
  repair?: boolean;
  now?: Date;
  say?: (line: string) => void;
}

export type StepName = 'collections' | 'fields' | 'relations' | 'columns' | 'not-null' | 'meta' | 'rows' | 'indexes' | 'work';

/** How much each step did (or, with `check`, would do first); all zero means that nothing changed. */
export type InstallReport = Partial<Record<StepName, number>>;

export const isUnchanged = (report: InstallReport): boolean => Object.values(report).every((count) => count === 0);

const parts =
  <Part extends SeedPart>(kind: Part['kind'], plan: (installation: Installation, part: Part) => Promise<Change[]>): Planner =>
  async (installation) => {
    const changes: Change[] = [];
    for (const part of installation.input.parts) if (part.kind === kind) changes.push(...(await plan(installation, part as Part)));
    return changes;
  };

const rowsAndSettings: Planner = async (installation) => [
  ...(await parts('rows', planRows)(installation)),
  ...(await parts('settings', planSettings)(installation)),
];

/** The order of design.md 9; each step sees what the one before has made. */
const STEPS: readonly (readonly [StepName, Planner])[] = [
  ['collections', planCollections],
  ['fields', planFields],
  ['relations', planRelations],
  ['columns', planColumns],
  ['not-null', planNotNull],
  ['meta', planMeta],
  ['rows', rowsAndSettings],
  ['indexes', planIndexes],
  ['work', parts('run', planRun)],
];

/**
 * Brings a database to our version: additive, idempotent, through the host's own services (design.md 9). Killed anywhere,
 * the next run finishes; a second run changes nothing; what is not ours is refused before the first change.
 */
export async function install(host: InstallHost, input: InstallInput, options: InstallOptions): Promise<InstallReport> {
  const say = options.say ?? (() => undefined);
  refuseDoubleNames(input.parts);
  const state = new InstallState();
  const known = await isBegun(host, input, state);
  if (options.check && !known) return { collections: input.model.collections.length };
  if (!known) await beginState(host, input.model);
  if (options.check) {
    await refuseForeign(host, input.model, await readStanding(host), state);
    return perform(host, input, options, state, say);
  }

  const waiting = (holder: string) => say(`另一安装进程正在运行，等待中 · another installation is running, waiting (${holder})`);
  return underLease(host.database, waiting, async () => {
    await state.load(host.database);
    await refuseForeign(host, input.model, await readStanding(host), state);
    const report = await perform(host, input, options, state, say);
    await remember(host, state, 'host', placeOf(options, state));
    if (!isUnchanged(report)) await clearCaches(host);
    return report;
  });
}

/**
 * Whether an installation of ours stands here or has begun. Where none has, what bears our names is somebody else's, unless
 * another process began between our two looks: then its collections are ours, and are judged once it is our turn.
 */
async function isBegun(host: InstallHost, { model }: InstallInput, state: InstallState): Promise<boolean> {
  const standing = await readStanding(host);
  if (await loadState(host, standing, state)) return true;
  try {
    await refuseForeign(host, model, standing, state);
    return false;
  } catch (refusal) {
    if (await loadState(host, standing, state)) return true;
    throw refusal;
  }
}

/** Two parts of one name would overwrite each other's memory: a mistake of ours, found at once. */
function refuseDoubleNames(parts: readonly SeedPart[]): void {
  const names = parts.map(({ name }) => name);
  const double = names.find((name, at) => names.indexOf(name) !== at);
  if (double) throw new Error(`two seed parts are called ${double}`);
}

/** A host once known as shared or own stays so: later runs need not say it again. */
const placeOf = (options: InstallOptions, state: InstallState): string => state.get<string>('host')?.value ?? options.place;

async function remember(host: InstallHost, state: InstallState, key: string, value: string): Promise<void> {
  if (state.get(key)?.value === value) return;
  await state.write(host.database, key, { value, hash: '' });
  state.settle(key, { value, hash: '' });
}

async function perform(host: InstallHost, input: InstallInput, options: InstallOptions, state: InstallState, say: (line: string) => void) {
  const scopes = new Set<PartScope | undefined>([undefined]);
  if (placeOf(options, state) === 'own') scopes.add('own-host');
  if (options.demo) scopes.add('demo');
  const chosen = { ...input, parts: input.parts.filter((part) => scopes.has(part.scope)) };
  const report: InstallReport = {};
  for (const [name, plan] of STEPS) {
    const standing = await readStanding(host);
    const installation = { host, input: chosen, state, standing, repair: options.repair === true, now: options.now ?? new Date(), say };
    const changes = await plan(installation);
    report[name] = await apply(name, changes, options.check === true, say);
    if (options.check && report[name]) break;
  }
  return report;
}

async function apply(name: StepName, changes: readonly Change[], check: boolean, say: (line: string) => void): Promise<number> {
  let done = 0;
  for (const [at, change] of changes.entries()) {
    if (!check) {
      if (change.count) say(`${name} ${at + 1}/${changes.length} ${change.what}`);
      await change.run();
    }
    done += change.count;
  }
  return done;
}
