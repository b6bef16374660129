import { accept, refuse, type Decision } from '../../kernel/decision.ts';

export const BASES = ['consent', 'contract', 'law', 'same_handler', 'request_reason'] as const;
export type Basis = (typeof BASES)[number];

export interface Execution {
  state: string;
  /** Whether the customer stands where it stood when it was asked for. */
  isUnmoved: boolean;
  /** An active member of the target segment, or nobody. */
  owner: { user: string; fits: boolean } | null;
  basis: Basis | null;
  /** Contacts keep their numbers. */
  withContacts: boolean;
  /** What of people the tree holds: sealed values of contacts and leads, or a customer that is a person itself. */
  personal: { ofContacts: boolean; isPerson: boolean };
  /** Both segments are of one company. */
  sameCompany: boolean;
}

export type ExecutionReason = 'not_open' | 'moved_meanwhile' | 'owner_needed' | 'owner_elsewhere' | 'not_same_handler';

/** What is written beside the execution. */
export interface Executed {
  owner: string;
  basis: Basis | null;
  /** Whether personal values went along. */
  passesPersonal: boolean;
  erasesContacts: boolean;
}

/**
 * Whether group marketing may move a customer now (ORG-3). Personal data never goes to another company without a basis on record
 * (PIPL art. 23): where none is named it is the reason given for the move, under a kind of its own, so that it can be found and
 * made good. Between segments of one company nobody else comes to know of it.
 */
export function decideExecution(execution: Execution): Decision<Executed, ExecutionReason> {
  const { owner, personal, withContacts, sameCompany } = execution;
  if (!['requested', 'approved'].includes(execution.state)) return refuse('not_open');
  if (!execution.isUnmoved) return refuse('moved_meanwhile');
  if (!owner) return refuse('owner_needed');
  if (!owner.fits) return refuse('owner_elsewhere');
  const passesPersonal = personal.isPerson || (personal.ofContacts && withContacts);
  if (execution.basis === 'same_handler' && !sameCompany) return refuse('not_same_handler');
  const unnamed = sameCompany ? 'same_handler' : 'request_reason';
  const basis = execution.basis ?? (passesPersonal ? unnamed : null);
  return accept({ owner: owner.user, basis, passesPersonal, erasesContacts: personal.ofContacts && !withContacts });
}
