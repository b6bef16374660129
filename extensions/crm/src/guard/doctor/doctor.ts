import type { HostContext } from '../../platform/api/host.ts';
import {
  checkKeys,
  examineDuties,
  examineRights,
  examineSurroundings,
  missingTables,
  placeOf,
  type Place,
  type Rights,
} from './examine.ts';
import type { DoctorPlan } from './plan.ts';
import { finding, isClosing, type Finding, type FindingKind } from './rules/finding.ts';
import { isolationState, setIsolationState } from './state.ts';
import { tellAdministrators } from './tell-admins.ts';

export interface Report {
  checked_at: string;
  /** Whether the Directus around us is ours alone. */
  place: Place;
  version: string;
  findings: Finding[];
}

export interface Doctor {
  /** Something about rights changed: the next request waits until it has been looked at. */
  suspect(): void;
  /** Looks again when something is suspected; otherwise free. */
  settle(): Promise<void>;
  /** Rights now, surroundings when they are due; never throws, a failure closes. */
  look(): Promise<void>;
  /** Everything, the duties too. */
  examine(): Promise<Report>;
  rights(): Promise<Rights>;
  /** Whether the stored rights are the matrix, no narrower and no wider: a rule in SQL then says what the host would. */
  isAsPlanned(): boolean;
  /** Erases the keys of rows that are gone; how many. */
  sweep(): Promise<number>;
  /** Counts the marks of records anew and brings them back; how many. */
  recount(): Promise<number>;
  /** Why the CRM can be read but not fully used: the keys of sealed values. */
  hindrances(): Finding[];
  version: string;
}

/** With these there is nobody to tell, or no table to tell it in. */
const UNTOLD: readonly FindingKind[] = ['check_failed', 'not_installed'];

/** How long the surroundings, which change with a restart or an installation only, stay believed: good ones, bad ones. */
const GOOD_MS = 300_000;
const BAD_MS = 10_000;

async function forgetPermissions({ services, getSchema }: HostContext): Promise<void> {
  const schema = await getSchema();
  await new services.UtilsService({ schema, accountability: { admin: true } }).clearCache({ system: true });
}

/** One doctor per process: it remembers what it saw last and keeps `isolationState` true. `clock` gives milliseconds. */
export function createDoctor(plan: DoctorPlan, context: HostContext, clock: () => number): Doctor {
  let rights: Rights | null = null;
  let surroundings: Finding[] = [];
  let surroundingsAt = -Infinity;
  let suspected = true;
  /** A look is on its way that was asked for by a suspicion: until it ends, the state is not to be trusted. */
  let isUrgent = false;
  let hasFailed = false;
  let running: Promise<void> | null = null;

  const inShort = (findings: readonly Finding[]) => findings.map((found) => `${found.kind} ${found.path}`).join('; ');

  function conclude(findings: readonly Finding[]): void {
    const because = findings.filter(isClosing);
    const before = isolationState();
    setIsolationState({ status: because.length ? 'closed' : 'open', because });
    if (!because.length && before.status === 'closed') context.logger.warn('crm: open again, the stored rights are those of the matrix');
    if (!because.length || inShort(because) === inShort(before.because)) return;
    context.logger.fatal(`crm: closed, isolation cannot be vouched for: ${inShort(because)}`);
    if (because.some((found) => UNTOLD.includes(found.kind))) return;
    void tellAdministrators(context.database, because).catch((error: unknown) =>
      context.logger.error(`crm: the administrators could not be told: ${String(error)}`),
    );
  }

  async function readAll(): Promise<void> {
    const isInstalled = !surroundings.some((found) => found.kind === 'not_installed');
    const believed = surroundings.some(isClosing) ? BAD_MS : GOOD_MS;
    if (!isInstalled || clock() - surroundingsAt >= believed) {
      surroundings = await examineSurroundings(plan, context);
      surroundingsAt = clock();
    }
    rights = surroundings.some((found) => found.kind === 'not_installed') ? null : await examineRights(plan, context, rights);
    // Grants and rules are read one after the other: what a commit in between made look wider is gone at the second look.
    if (rights?.findings.some(isClosing) && isolationState().status === 'open') rights = await examineRights(plan, context, null);
  }

  async function lookNow(): Promise<void> {
    isUrgent = suspected;
    suspected = false;
    const before = rights;
    try {
      await readAll();
      const findings = [...surroundings, ...(rights?.findings ?? [])];
      if (findings.some(isClosing)) conclude(findings);
      // What another process or plain SQL changed is still remembered by this one's permission cache.
      if (rights !== before) await forgetPermissions(context);
      conclude(findings);
      hasFailed = false;
    } catch (error) {
      suspected = true;
      hasFailed = true;
      rights = null;
      conclude([finding('check_failed', 'doctor', { reason: error instanceof Error ? error.name : 'unknown' })]);
      context.logger.error(`crm: the doctor could not look: ${String(error)}`);
    } finally {
      isUrgent = false;
    }
  }

  const look = (): Promise<void> => {
    running ??= lookNow().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    version: plan.version,
    suspect: () => {
      suspected = true;
    },
    settle: async () => {
      while (suspected || isUrgent) {
        await look();
        if (hasFailed) return;
      }
    },
    look,
    examine: async () => {
      surroundingsAt = -Infinity;
      await running;
      await look();
      const known = [
        ...surroundings,
        ...(rights?.findings ?? []),
        ...isolationState().because.filter((found) => found.kind === 'check_failed'),
      ];
      const installed = !(await missingTables(context.database)).length;
      const duties = installed ? await examineDuties(plan, context, new Date(clock())) : [];
      const place = installed ? await placeOf(context.database) : 'own';
      return { checked_at: new Date(clock()).toISOString(), place, version: plan.version, findings: [...known, ...duties] };
    },
    rights: () => examineRights(plan, context, null),
    isAsPlanned: () => rights?.findings.length === 0 && isolationState().status === 'open',
    recount: async () => (await plan.recountMarks(context.database, { repair: true })).reduce((sum, { count }) => sum + count, 0),
    sweep: () => plan.sealing.sweep(context.database, new Date(clock())),
    hindrances: () => checkKeys(plan),
  };
}
