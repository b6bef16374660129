import type { RoleName } from '../../kernel/roles.ts';

/** Where a role's day begins: one of its bookmarks, or its dashboard. Both come from `seed/experience`. */
export type StartPlace = { collection: string; bookmark: string } | { dashboard: 'segment' | 'group' };

/** Bookmarks carry the key of their translated name; the number in it is their place in the menu. */
export const MY_CUSTOMERS = '$t:crm-bookmark-1-my-customers';
export const WAITING_LEADS = '$t:crm-bookmark-1-waiting-leads';

/** A rep starts at "my customers", a segment admin at the leads that wait for allocation, the others at their figures. */
export const START_PLACES: Readonly<Record<RoleName, StartPlace>> = {
  sales_rep: { collection: 'crm_customers', bookmark: MY_CUSTOMERS },
  segment_admin: { collection: 'crm_leads', bookmark: WAITING_LEADS },
  segment_head: { dashboard: 'segment' },
  group_executive: { dashboard: 'group' },
  system_admin: { dashboard: 'group' },
};

/** The page of the Studio behind a bookmark; without a bookmark the plain list of the collection. */
export function pageOfBookmark(collection: string, bookmark: number | null): string {
  return bookmark === null ? `/content/${collection}` : `/content/${collection}?bookmark=${bookmark}`;
}
