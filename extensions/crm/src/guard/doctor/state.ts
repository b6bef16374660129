import type { Language } from '../../platform/api/actor.ts';
import { Refusal } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { CLOSED, STARTING } from './locale.ts';
import type { Finding } from './rules/finding.ts';

/** Whether isolation can be vouched for at this moment, on this node. */
export interface IsolationState {
  status: 'starting' | 'open' | 'closed';
  /** The findings that closed it; empty otherwise. */
  because: readonly Finding[];
}

let state: IsolationState = { status: 'starting', because: [] };

/** Synchronous on purpose: it is asked on every query, also inside transactions, where a query of our own would deadlock SQLite. */
export const isolationState = (): IsolationState => state;

export function setIsolationState(next: IsolationState): void {
  state = next;
}

/** Refuses with 503 while isolation cannot be vouched for (F1): every path to CRM rows asks this first. */
export function assertIsolation(language: Language | null = null): void {
  if (state.status === 'open') return;
  const text = state.status === 'closed' ? CLOSED : STARTING;
  throw new Refusal({ code: 'SERVICE_UNAVAILABLE', status: 503, message: say(text, language), extensions: { service: 'crm' } });
}
