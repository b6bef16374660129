import type { Express } from 'express';
import type { Clock } from '../platform/api/clock.ts';
import type { EventContext, HostContext, HostServices, Row } from '../platform/api/host.ts';
import type { Keys } from '../platform/api/keys.ts';
import { limiterFor } from '../platform/api/limiter.ts';
import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { closeFlows } from './closed-flows.ts';
import { closedStep } from './closed-step.ts';
import { registerExactSearch, type SearchPorts } from './exact-search.ts';
import { limitsStep } from './limits-step.ts';
import { maskStep } from './mask-step.ts';
import { settleKind } from './kind-change.ts';
import { eraseWithRows } from './orphan-keys.ts';
import { scrubQueryErrors, withoutSentValue } from './query-errors.ts';
import { noteKnownKeys } from './known-keys.ts';
import { overwriteFreedPages } from './freed-pages.ts';
import { readableRows } from './readable.ts';
import { registerRequestLog } from './request-log.ts';
import { coverKeptAddresses, coverSavedViews } from './saved-views.ts';
import { coverFlowLogs } from './flow-logs.ts';
import { SEALED_FIELDS, technicalColumnsOf } from './rules/sealed-fields.ts';
import { SEARCH_ALLOWANCE, searchLimit } from './search-limit.ts';
import { sealStep } from './seal-step.ts';
import { coverOthers, transitStep } from './transit.ts';

/** What this slice does before the values of a write are read: nobody writes its own tables, and masks are no values. */
export const privacyFirstSteps = (services: HostServices): readonly WriteStep[] => [
  closedStep,
  limitsStep,
  maskStep(readableRows(services)),
];

/** What it does after every value has its stored form. */
export const privacyLastSteps = (ports: { keys: Keys; clock: Clock; services: HostServices }): readonly WriteStep[] => [
  sealStep({ ...ports, read: readableRows(ports.services) }),
  transitStep,
];

export interface PrivacyPorts {
  keys: Keys;
  clock: Clock;
  readsAll: SearchPorts['readsAll'];
}

/** What this slice does with requests: logs show no number and no mailbox, and a whole one is found by its index. */
export function registerPrivacy(
  register: {
    init(event: string, handler: (meta: { app: Express }) => void): void;
    filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
    action(event: string, handler: (meta: Row, context: EventContext) => unknown): void;
  },
  context: HostContext,
  { keys, clock, readsAll }: PrivacyPorts,
): void {
  scrubQueryErrors(context.database);
  register.filter('database.error', withoutSentValue);
  registerRequestLog(register);
  coverOthers(register);
  coverSavedViews(register);
  coverKeptAddresses(register);
  coverFlowLogs(register);
  overwriteFreedPages(context.database);
  noteKnownKeys(register, context, keys, clock);
  closeFlows(register);
  eraseWithRows(register);
  const mayLookFor = searchLimit(clock, limiterFor('crm-search', SEARCH_ALLOWANCE, context.env));
  registerExactSearch(register, context, { keys, mayLookFor, readsAll });
  // Flows and other listeners get what was written: the host tells us of it first, and takes cipher and index out of it here.
  for (const event of ['items.create', 'items.update'])
    register.action(event, ({ payload, collection }) => {
      for (const column of technicalColumnsOf(String(collection))) delete (payload as Row | undefined)?.[column];
    });
  // A flow that nobody started has no accountability, and the host tells of what it wrote only when it is done.
  register.action('items.update', async ({ collection, keys: items }, { accountability, database, schema }) => {
    if (accountability || !DEPENDENT.includes(String(collection))) return;
    for (const item of items as string[])
      await database.transaction((transaction) =>
        settleKind({ collection: String(collection), item, action: 'update', database: transaction, schema, actor: null }, keys, clock),
      );
  });
}

/** Where a change of another column may make a value personal. */
const DEPENDENT = SEALED_FIELDS.filter(({ when }) => when).map(({ collection }) => collection);
