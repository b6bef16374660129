import type { Row } from '../../extensions/crm/src/platform/api/host.ts';
import { stableId } from '../ids.ts';

const CONTACT = ['name', 'position', 'phone|email|wechat'];

interface RequiredSet {
  key: string;
  class?: string;
  kind?: string;
  fields: string[];
  contact_fields: string[];
}

/**
 * What a customer needs to become active (Q19): name, industry, region, first need and a contact with position and a way
 * to reach them (CUS-1, CUS-2); size too for important customers, with related contacts, the decision maker and the
 * history of cooperation (CUS-4). People and sole traders have no industry, headcount or position (Q20).
 */
const SETS: readonly RequiredSet[] = [
  { key: 'all', fields: ['name', 'industry', 'region', 'needs'], contact_fields: CONTACT },
  {
    key: 'general',
    class: 'general',
    fields: ['name', 'industry', 'region', 'needs', 'employees|annual_revenue'],
    contact_fields: CONTACT,
  },
  {
    key: 'key',
    class: 'key',
    fields: [
      'name',
      'industry',
      'region',
      'address',
      'needs',
      'employees',
      'annual_revenue',
      'related_contacts',
      'decision_maker',
      'cooperation_history',
    ],
    contact_fields: CONTACT,
  },
  // GB/T 2260 names no place abroad, so a customer from abroad has no region to choose.
  { key: 'foreign', kind: 'foreign', fields: ['name', 'industry', 'needs'], contact_fields: CONTACT },
  { key: 'person', kind: 'person', fields: ['name', 'region', 'needs', 'phone|contacts'], contact_fields: [] },
  { key: 'sole-trader', kind: 'sole_trader', fields: ['name', 'region', 'needs', 'phone|contacts'], contact_fields: [] },
];

/** Rows of crm_required_sets; group marketing edits them, a segment may add its own. */
export const requiredSets: Row[] = SETS.map(({ key, ...set }) => ({
  id: stableId(`required-set:${key}`),
  class: set.class ?? null,
  kind: set.kind ?? null,
  fields: set.fields,
  contact_fields: set.contact_fields,
  segment: null,
}));
