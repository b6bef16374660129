const BETWEEN = { every_days: [1, 3650], ahead_days: [0, 365] } as const;

export type PlanField = keyof typeof BETWEEN;

/** The fields of a plan whose sent numbers cannot be kept; what is not sent has a default. SAL-12 */
export function planFaults(sent: Readonly<Record<string, unknown>>): PlanField[] {
  return (Object.keys(BETWEEN) as PlanField[]).filter((field) => {
    if (!(field in sent)) return false;
    const [least, most] = BETWEEN[field];
    const value = sent[field];
    const number = typeof value === 'string' && value.trim() ? Number(value) : value;
    return typeof number !== 'number' || !Number.isInteger(number) || number < least || number > most;
  });
}
