import { GROUP_DASHBOARD, SEGMENT_DASHBOARD } from '../access/dashboards.ts';
import { stableId } from '../ids.ts';
import * as filters from './filters.ts';

type Row = Record<string, unknown>;

interface Panel {
  name: string;
  icon: string;
  type: 'metric' | 'metric-list' | 'time-series' | 'list';
  /** Place and size in the dashboard's grid of 20 pixels: x, y, width, height. */
  at: readonly [number, number, number, number];
  options: Row;
  note?: string;
}

/** The host shows names of dashboards and panels as they are stored, in one language for all: so both stand in them. */
const both = (zh: string, en: string) => `${zh} · ${en}`;

const count = (collection: string, filter: object): Row => ({
  collection,
  field: 'id',
  function: 'count',
  filter,
  notation: 'standard',
  numberStyle: 'decimal',
  minimumFractionDigits: 0,
  maximumFractionDigits: 0,
  fontSize: '3.625rem',
});

const figures: Panel[] = [
  {
    name: both('有效客户', 'Active customers'),
    icon: 'domain',
    type: 'metric',
    at: [1, 1, 14, 8],
    options: count('crm_customers', filters.ACTIVE),
  },
  {
    name: both('30 天未跟进', 'Untouched'),
    icon: 'hourglass_bottom',
    type: 'metric',
    at: [15, 1, 14, 8],
    options: { ...count('crm_customers', filters.UNTOUCHED), conditionalFormatting: [{ operator: '>', value: 0, color: '#D98200' }] },
  },
  {
    name: both('近 30 天行动', 'Last 30 days'),
    icon: 'event_available',
    type: 'metric',
    at: [29, 1, 14, 8],
    options: count('crm_activities', filters.DONE_LATELY),
  },
  {
    name: both('在谈金额（元）', 'Pipeline, CNY'),
    icon: 'trending_up',
    type: 'metric',
    at: [43, 1, 14, 8],
    options: {
      ...count('crm_opportunities', filters.OPEN),
      field: 'amount',
      function: 'sum',
      notation: 'compact',
      maximumFractionDigits: 1,
      // "8865.2万" and "939.6M" are wider than a count, and the host's `auto` measures before the font is there.
      fontSize: '2.6875rem',
    },
  },
];

/**
 * Opportunities by stage: a figure for each of the shared stages, in their order. The host's bar chart would draw the
 * columns in the order of the stages' uuids, and mixes up rows and labels for some panel ids.
 */
const STAGE_FIGURES = [
  ['initial_contact', '初步接触', 'Contact', 'waving_hand'],
  ['needs_analysis', '需求分析', 'Needs', 'search'],
  ['proposal', '方案提交', 'Proposal', 'description'],
  ['negotiation', '商务谈判', 'Negotiation', 'handshake'],
  ['won', '成交', 'Won', 'emoji_events'],
  ['lost', '流失', 'Lost', 'cancel'],
] as const;

const byStage: Panel[] = STAGE_FIGURES.map(([key, zh, en, icon], index) => ({
  name: both(zh, en),
  icon,
  type: 'metric',
  at: [20 + (index % 3) * 12 + Math.min(index % 3, 1), 10 + Math.floor(index / 3) * 7, index % 3 === 0 ? 13 : 12, 7],
  options: { ...count('crm_opportunities', filters.atStage(stableId(`stage:${key}`))), fontSize: '2.6875rem' },
}));

const charts: Panel[] = [
  {
    name: both('客户分类', 'Customers by class'),
    icon: 'workspace_premium',
    type: 'metric-list',
    at: [1, 10, 18, 14],
    options: {
      collection: 'crm_customers',
      groupByField: 'class',
      aggregateField: 'id',
      aggregateFunction: 'count',
      sortDirection: 'desc',
      limit: 5,
      filter: filters.LIVING,
    },
  },
  ...byStage,
  {
    name: both('近一个月每日行动', 'Activities a day, one month'),
    icon: 'show_chart',
    type: 'time-series',
    at: [1, 25, 56, 12],
    options: {
      collection: 'crm_activities',
      dateField: 'done_at',
      valueField: 'id',
      function: 'count',
      precision: 'day',
      range: '1 month',
      fillType: 'gradient',
      curveType: 'smooth',
      missingData: '0',
      decimals: 0,
      filter: filters.DONE_LATELY,
    },
  },
];

const untouched: Panel = {
  name: both('最久未跟进的客户', 'Longest untouched'),
  icon: 'hourglass_bottom',
  type: 'list',
  at: [1, 38, 28, 17],
  options: {
    collection: 'crm_customers',
    limit: 7,
    sortField: 'last_activity_at',
    sortDirection: 'asc',
    displayTemplate: '{{name}} {{last_activity_at}}',
    filter: filters.UNTOUCHED,
  },
};

const away: Panel = {
  name: both('14 天未登录', 'No log-in for 14 days'),
  icon: 'person_off',
  type: 'list',
  at: [29, 38, 28, 17],
  options: {
    collection: 'directus_users',
    limit: 7,
    sortField: 'last_access',
    sortDirection: 'asc',
    displayTemplate: '{{first_name}} {{crm_position}} {{last_access}}',
    filter: filters.AWAY,
  },
};

const DASHBOARDS = [
  {
    id: SEGMENT_DASHBOARD,
    key: 'segment',
    name: both('版块总览', 'Segment'),
    icon: 'workspaces',
    panels: [...figures, ...charts, untouched, away],
  },
  {
    id: GROUP_DASHBOARD,
    key: 'group',
    name: both('集团总览', 'Group'),
    icon: 'apartment',
    panels: [...figures, ...charts, untouched, away],
  },
] as const;

/** Rows of directus_dashboards: one for whoever leads a segment, one for the group's management. */
export const dashboardRows: Row[] = DASHBOARDS.map(({ id, name, icon }) => ({ id, name, icon, note: null, color: null }));

/** Rows of directus_panels; each asks as the reader and so counts the reader's own rows only. */
export const panelRows: Row[] = DASHBOARDS.flatMap(({ id, key, panels }) =>
  panels.map(({ name, icon, type, at, options, note }) => ({
    id: stableId(`panel:${key}:${name}`),
    dashboard: id,
    name,
    icon,
    color: null,
    show_header: true,
    note: note ?? null,
    type,
    position_x: at[0],
    position_y: at[1],
    width: at[2],
    height: at[3],
    options,
  })),
);
