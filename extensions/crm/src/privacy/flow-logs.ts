import type { EventContext, Row } from '../platform/api/host.ts';
import { readJson } from '../kernel/text/read-json.ts';
import { maskValues } from './rules/mask-values.ts';

interface Register {
  filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
}

const FLOWS = 'directus_flows';

/** What the host keeps of a run of a flow, with what the flow was handed masked; what it keeps of the flow itself has no steps. */
export function maskRun(data: unknown): unknown {
  const run = readJson(data);
  return typeof run === 'object' && run !== null && 'steps' in run ? maskValues(run) : data;
}

/**
 * The host keeps every run of a flow with what it was handed, word for word: the body of a webhook, the row of an event. A
 * company's number that is readable now may be a person's tomorrow. So numbers, mailboxes and messenger names stand masked
 * there from the beginning (SEC-1); the flow itself works on the values.
 */
export function coverFlowLogs({ filter }: Register): void {
  filter('revisions.create', (revision: Row) =>
    revision['collection'] === FLOWS && revision['data'] ? { ...revision, data: maskRun(revision['data']) } : revision,
  );
}
