import { readJson } from '../kernel/text/read-json.ts';
import type { Rows } from '../kernel/rows.ts';
import type { Actor, Language } from '../platform/api/actor.ts';
import type { Clock } from '../platform/api/clock.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import { fromStoredDay } from '../platform/api/stored-day.ts';

type Stored = Rows['crm_approvals'];

/** An approval as it stands, with what is asked as values. */
export interface ApprovalRow extends Omit<Stored, 'asked'> {
  asked: Row;
}

/** What somebody asks for. Of `about` at most one is named: the record in whose tree the approval stands. */
export interface ApprovalRequest {
  kind: Stored['kind'];
  collection: string;
  item: string;
  about: { customer?: string; opportunity?: string; lead?: string } | null;
  segment: string;
  owner: string | null;
  title: string;
  asked: Row;
  reason: string | null;
  requestedBy: string;
  /** The person whom it is about, who decides nothing of it (F8). */
  person?: string | null;
}

/** Where `asked` keeps the person whom a request is about. */
export const ABOUT_PERSON = 'about_person';

/** The person whom a request is about, if it is about one. */
export const personOf = ({ asked }: { asked: Row }): string | null => {
  const person = asked[ABOUT_PERSON];
  return typeof person === 'string' ? person : null;
};

/** One line of what is asked, for people. */
export interface AskedLine {
  label: string;
  value: string;
}

/** What a capability says about its kind of approval; `entries/approval-kinds.ts` hands all of them to the engine (APR-1). */
export interface ApprovalKind {
  kind: Stored['kind'];
  /**
   * A person asks for it by `POST /crm/approvals`. Absent: this kind is only asked for by its own use case. The row is read
   * inside the transaction; a row that the actor may not reach is refused like an absent one.
   */
  prepare?(
    database: Knex,
    actor: Actor,
    wish: { item: string; asked: Row },
  ): Promise<Omit<ApprovalRequest, 'kind' | 'requestedBy' | 'reason'>>;
  /** What makes the subject another one: kept in `asked.state`; if it differs at the decision, that is refused and void. */
  fingerprint(database: Knex, approval: ApprovalRow): Promise<string>;
  /** The effect, inside the deciding transaction, after the last step approved. A throw refuses the decision. */
  approved(database: Knex, approval: ApprovalRow, actor: Actor): Promise<void>;
  rejected?(database: Knex, approval: ApprovalRow, actor: Actor): Promise<void>;
  /** Taken back by whoever asked; without an actor: its subject changed, and the engine made it void at a decision. */
  withdrawn?(database: Knex, approval: ApprovalRow, actor: Actor | null): Promise<void>;
  /** What is asked, in words, as far as `reader` may know of it; absent: the values of `asked` under their common names. */
  lines?(database: Knex, approval: ApprovalRow, language: Language, reader: Actor): Promise<AskedLine[]>;
}

/** What the engine needs of its surroundings. */
export interface ApprovalPorts {
  clock: Clock;
  kinds: readonly ApprovalKind[];
}

const momentOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : new Date(value as number | string | Date).toISOString();

const isValues = (value: unknown): value is Row => value !== null && typeof value === 'object' && !Array.isArray(value);

/** A stored row, the same whichever database it comes from. */
export function toApproval(row: Stored): ApprovalRow {
  const asked = readJson(row.asked);
  return {
    ...row,
    step: Number(row.step),
    version: Number(row.version),
    asked: isValues(asked) ? asked : {},
    due_on: fromStoredDay(row.due_on),
    escalated_at: momentOf(row.escalated_at),
    decided_at: momentOf(row.decided_at),
  };
}
