/** The outcome of a business rule: what is to happen, or the closed reason why not. */
export type Decision<Value, Reason> = { accepted: true; value: Value } | { accepted: false; reason: Reason };

export const accept = <Value>(value: Value): { accepted: true; value: Value } => ({ accepted: true, value });
export const refuse = <Reason>(reason: Reason): { accepted: false; reason: Reason } => ({ accepted: false, reason });
