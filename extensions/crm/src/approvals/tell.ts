import type { Knex } from '../platform/api/host.ts';
import { notify } from '../platform/api/notify.ts';
import type { ApprovalRow } from './kinds.ts';
import { KIND_NAMES, NOTICES, type Notice } from './locale/words.ts';

/** Puts a note about a request into people's inboxes: of what kind it is, and until when. */
export const tell = (
  database: Knex,
  people: readonly (string | null)[],
  notice: Notice,
  { kind, due_on: due }: Pick<ApprovalRow, 'kind' | 'due_on'>,
): Promise<void> => notify(database, people, NOTICES[notice], { kind: KIND_NAMES[kind], due: due ?? '—' });
