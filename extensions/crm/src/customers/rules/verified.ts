type Values = Record<string, unknown>;

/** Whoever enters or corrects one of these has just verified it (CUS-7, CUS-8). */
const VERIFIED_BY: Record<string, readonly string[]> = {
  crm_customers: ['name', 'uscc', 'phone', 'address'],
  crm_contacts: ['phone', 'email', 'wechat'],
};

/** What is written of a row, with today as the day on which it was verified unless it names one. */
export function withVerified(collection: string, row: Values, today: string): Values {
  const isVerified = VERIFIED_BY[collection]?.some((field) => row[field]) && row['last_verified_on'] === undefined;
  return isVerified ? { ...row, last_verified_on: today } : row;
}
