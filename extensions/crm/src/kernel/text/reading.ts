/** What a normaliser makes of a typed value: the one form that is stored, or the reason why there is none. */
export type Reading<Reason extends string> = { ok: true; value: string } | { ok: false; reason: Reason };

export const read = (value: string) => ({ ok: true, value }) as const;
export const unreadable = <Reason extends string>(reason: Reason) => ({ ok: false, reason }) as const;
