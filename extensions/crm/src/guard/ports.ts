import type { Express } from 'express';
import type { RoleName } from '../kernel/roles.ts';
import type { EventContext } from '../platform/api/host.ts';
import type { RowRule } from './rules/row-rule.ts';

/** What `entries/` hands to the guard: plain answers from the access matrix, which slices may not import. */
export interface GuardPorts {
  /** How much of a collection a role reads; `null` stands for every role that is not ours. */
  rowRuleOf(role: RoleName | null, collection: string): RowRule;
  /** Whether a role may read a column in every row that it reads of one of the host's collections. */
  mayCompare(role: RoleName, collection: string, field: string): boolean;
}

type FilterHandler = (payload: never, meta: Record<string, unknown>, context: EventContext) => unknown;

/** The host's register functions, narrowed to what the guard registers. */
export interface GuardRegister {
  filter(event: string, handler: FilterHandler): void;
  action(event: string, handler: (meta: Record<string, unknown>, context: EventContext) => unknown): void;
  init(event: string, handler: (meta: { app: Express }) => void): void;
}
