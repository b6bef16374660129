import type { Row } from '../../extensions/crm/src/platform/api/host.ts';
import { stableId } from '../ids.ts';

/** How much each field counts for completeness (CUS-5). What a rep needs to work a customer counts most. */
const WEIGHTS: Readonly<Record<string, number>> = {
  name: 10,
  contacts: 20,
  needs: 15,
  industry: 10,
  region: 8,
  decision_maker: 8,
  uscc: 6,
  phone: 5,
  address: 5,
  employees: 4,
  annual_revenue: 4,
  grade: 3,
  source: 2,
};

export const completenessWeights: Row[] = Object.entries(WEIGHTS).map(([field, weight]) => ({
  id: stableId(`weight:${field}`),
  field,
  weight,
  segment: null,
}));
