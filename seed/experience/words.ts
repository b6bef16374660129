import { stableId } from '../ids.ts';

/**
 * Names of bookmarks, panels and dashboards in both languages: the host stores one text for all, `$t:<key>`, and the
 * Studio shows what stands under the key in the reader's language. The number orders the bookmarks of a collection.
 */
export const WORDS = {
  'crm-bookmark-1-my-customers': ['我的客户', 'My customers'],
  'crm-bookmark-1-segment-customers': ['版块客户', 'Segment customers'],
  'crm-bookmark-1-all-customers': ['全部客户', 'All customers'],
  'crm-bookmark-2-key-customers': ['重点客户', 'Key customers'],
  'crm-bookmark-3-untouched': ['30 天未跟进', 'Untouched 30 days'],
  'crm-bookmark-4-to-complete': ['待完善（草稿）', 'Drafts to complete'],
  'crm-bookmark-1-waiting-leads': ['待分配线索', 'Leads to allocate'],
  'crm-bookmark-1-pool-leads': ['公海线索', 'Leads in the pool'],
  'crm-bookmark-1-my-leads': ['跟进中的线索', 'Leads I follow'],
  'crm-bookmark-1-board': ['商机看板（按阶段）', 'Board by stage'],
  'crm-bookmark-1-closing-board': ['商机看板（按阶段，预计 30 天内成交）', 'Board by stage, closing in 30 days'],
  'crm-bookmark-2-closing': ['预计 30 天内成交', 'Closing in 30 days'],
  'crm-bookmark-1-open-tasks': ['未完成的行动', 'Open activities'],
  'crm-bookmark-2-calendar': ['行动日历', 'Calendar'],
  'crm-bookmark-3-assigned-by-me': ['我指派的行动', 'Assigned by me'],
  'crm-bookmark-1-away': ['14 天未登录的人员', 'No log-in for 14 days'],
} as const satisfies Record<string, readonly [string, string]>;

export type Word = keyof typeof WORDS;

/** What the Studio shows at a field that the server refused with a text of its own: that text (customers/refuse-values.ts). */
const AT_FIELD = { 'validationError.said': ['{validation_message}', '{validation_message}'] } as const;

export const text = (word: Word): string => `$t:${word}`;

/** Rows of directus_translations. */
export const translationRows = Object.entries({ ...WORDS, ...AT_FIELD }).flatMap(([key, [zh, en]]) =>
  (
    [
      ['zh-CN', zh],
      ['en-US', en],
    ] as const
  ).map(([language, value]) => ({ id: stableId(`translation:${language}:${key}`), language, key, value })),
);
