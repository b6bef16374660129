const UUID_LENGTH = 36;

/** What a plan asks for on a day of a customer: unique in the database, so that two runs and two nodes make it once (SAL-12). */
export const planKey = (plan: string, customer: string, day: string): string => `${plan}:${customer}:${day}`;

export const customerOfPlanKey = (key: string): string => key.slice(UUID_LENGTH + 1, 2 * UUID_LENGTH + 1);

/** The day for which the plan asked; the keys of one plan and customer sort by it. */
export const dayOfPlanKey = (key: string): string => key.slice(2 * UUID_LENGTH + 2);
