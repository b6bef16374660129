import { describe, expect, it } from 'vitest';
import { COLLECTIONS } from '../../extensions/crm/src/kernel/collections.ts';
import { ROLE_IDS, ROLE_NAMES } from '../../extensions/crm/src/kernel/roles.ts';
import { START_PLACES } from '../../extensions/crm/src/welcome/rules/start-page.ts';
import { DASHBOARD_IDS } from '../../extensions/crm/src/welcome/start-page.ts';
import { GROUP_DASHBOARD, SEGMENT_DASHBOARD } from '../access/dashboards.ts';
import { stages } from '../base/stages.ts';
import { dashboardRows, panelRows } from './dashboards.ts';
import { presetRows } from './presets.ts';
import { text, WORDS } from './words.ts';

interface Preset {
  role: string;
  user: string | null;
  collection: string;
  bookmark: string | null;
  filter: object | null;
  layout_query: { tabular?: { fields: string[]; sort: string[] } };
}

const presets = (role: (typeof ROLE_NAMES)[number]) => presetRows(role) as unknown as Preset[];

/** Columns that a filter names, and how many steps lead to each. */
function columnsIn(filter: object): string[] {
  return Object.entries(filter).flatMap(([key, value]) => {
    if (key === '_and' || key === '_or') return (value as object[]).flatMap(columnsIn);
    return Object.keys(value as object).every((inner) => inner.startsWith('_'))
      ? [key]
      : columnsIn(value as object).map((inner) => `${key}.${inner}`);
  });
}

describe.each(ROLE_NAMES)('bookmarks of %s', (role) => {
  it('F46b: belong to the role, never to everybody', () => {
    for (const preset of presets(role)) expect([preset.role, preset.user]).toEqual([ROLE_IDS[role], null]);
  });

  it('ask of the row itself or of a key only, by columns that exist', () => {
    for (const { collection, filter, layout_query } of presets(role)) {
      const known = COLLECTIONS[collection]?.fields;
      for (const path of filter ? columnsIn(filter) : []) {
        expect(path).toMatch(/^\w+(\.id)?$/);
        if (known) expect(Object.keys(known)).toContain(path.split('.')[0]);
      }
      for (const column of known ? (layout_query.tabular?.fields ?? []) : [])
        expect(Object.keys(known ?? {}), collection).toContain(column);
    }
  });

  it('have a name in both languages, and each view one name', () => {
    const names = presets(role).filter(({ bookmark }) => bookmark);
    for (const { bookmark } of names) expect(WORDS).toHaveProperty([(bookmark as string).replace('$t:', '')]);
    expect(new Set(presets(role).map(({ collection, bookmark }) => `${collection} ${bookmark ?? ''}`)).size).toBe(presets(role).length);
  });

  it('hold the place where the role starts', () => {
    const place = START_PLACES[role];
    if ('dashboard' in place) expect(dashboardRows.map(({ id }) => id)).toContain(DASHBOARD_IDS[place.dashboard]);
    else
      expect(presets(role).some(({ collection, bookmark }) => collection === place.collection && bookmark === place.bookmark)).toBe(true);
  });
});

it('the rep has what the issue asks for, heads also who stays away', () => {
  const names = (role: (typeof ROLE_NAMES)[number]) => presets(role).map(({ bookmark }) => bookmark);
  expect(names('sales_rep')).toEqual(
    expect.arrayContaining(
      (
        [
          'crm-bookmark-1-my-customers',
          'crm-bookmark-2-key-customers',
          'crm-bookmark-3-untouched',
          'crm-bookmark-1-board',
          'crm-bookmark-2-calendar',
        ] as const
      ).map(text),
    ),
  );
  expect(names('segment_head')).toContain(text('crm-bookmark-1-away'));
  expect(names('sales_rep')).not.toContain(text('crm-bookmark-1-away'));
});

it('the dashboards stand under the ids that the access matrix grants, their panels do not overlap', () => {
  expect(DASHBOARD_IDS).toEqual({ segment: SEGMENT_DASHBOARD, group: GROUP_DASHBOARD });
  const keys = new Set((stages as unknown as { id: string }[]).map(({ id }) => id));
  for (const id of Object.values(DASHBOARD_IDS)) {
    const taken = new Set<string>();
    for (const panel of panelRows.filter(({ dashboard }) => dashboard === id) as {
      position_x: number;
      position_y: number;
      width: number;
      height: number;
      options: { filter: object };
    }[]) {
      for (let x = 0; x < panel.width; x += 1)
        for (let y = 0; y < panel.height; y += 1) taken.add(`${panel.position_x + x},${panel.position_y + y}`);
      for (const [stage] of JSON.stringify(panel.options.filter).matchAll(/(?<="stage":\{"id":\{"_eq":")[^"]+/g))
        expect(keys).toContain(stage);
    }
    const area = panelRows
      .filter(({ dashboard }) => dashboard === id)
      .reduce((sum, panel) => sum + Number(panel['width']) * Number(panel['height']), 0);
    expect(taken.size).toBe(area);
  }
});
