import type { Row } from '../../extensions/crm/src/platform/api/host.ts';
import { stableId } from '../ids.ts';

const CONTACT = ['name', 'position', 'phone|email|wechat'];
const ORDINARY = ['name', 'industry', 'region', 'needs'];

interface RequiredSet {
  key: string;
  name: string;
  class?: string;
  kind?: string;
  fields: string[];
  contact_fields: string[];
}

/**
 * What a customer needs to become active (Q19): name, industry, region, first need and a contact with position and a way
 * to reach them (CUS-1, CUS-2); size too for important customers of whatever kind, with related contacts, the decision maker
 * and the history of cooperation (CUS-4). People and sole traders are reached by themselves or through somebody (Q20).
 * What does not exist for a kind (a region abroad, a person's industry) is never asked; see customers/rules/required-set.ts
 * for how the rows of a class and of a kind go together.
 */
const SETS: readonly RequiredSet[] = [
  { key: 'all', name: '所有客户', fields: ORDINARY, contact_fields: CONTACT },
  {
    key: 'general',
    name: '一般客户',
    class: 'general',
    fields: [...ORDINARY, 'employees|annual_revenue'],
    contact_fields: CONTACT,
  },
  {
    key: 'key',
    name: '重点客户',
    class: 'key',
    fields: [...ORDINARY, 'address', 'employees', 'annual_revenue', 'related_contacts', 'decision_maker', 'cooperation_history'],
    contact_fields: CONTACT,
  },
  { key: 'person', name: '个人客户', kind: 'person', fields: ['name', 'region', 'needs', 'phone|reachable_contact'], contact_fields: [] },
  {
    key: 'sole-trader',
    name: '个体工商户',
    kind: 'sole_trader',
    fields: ['name', 'region', 'needs', 'phone|reachable_contact'],
    contact_fields: [],
  },
];

/** Rows of crm_required_sets; group marketing edits them, a segment may add its own. */
export const requiredSets: Row[] = SETS.map(({ key, ...set }) => ({
  id: stableId(`required-set:${key}`),
  name: set.name,
  class: set.class ?? null,
  kind: set.kind ?? null,
  fields: set.fields,
  contact_fields: set.contact_fields,
  segment: null,
}));
