import { ROLE_NAMES } from '../../extensions/crm/src/kernel/roles.ts';
import type { SeedPart } from '../installer/parts.ts';
import { dashboardRows, panelRows } from './dashboards.ts';
import { presetRows } from './presets.ts';
import { settings } from './settings.ts';
import { translationRows } from './words.ts';

/** What each role meets in its first minute: names, views, bookmarks, dashboards, and the settings of a host of our own. */
export const experienceParts: SeedPart[] = [
  { kind: 'settings', scope: 'own-host', name: 'settings', values: settings },
  {
    kind: 'rows',
    name: 'experience-words',
    collection: 'directus_translations',
    policy: 'keep-ours',
    key: ['key', 'language'],
    rows: translationRows,
  },
  {
    kind: 'rows',
    name: 'presets',
    collection: 'directus_presets',
    policy: 'keep-ours',
    key: ['role', 'collection', 'bookmark'],
    rows: ROLE_NAMES.flatMap(presetRows),
  },
  { kind: 'rows', name: 'dashboards', collection: 'directus_dashboards', policy: 'keep-ours', rows: dashboardRows },
  { kind: 'rows', name: 'panels', collection: 'directus_panels', policy: 'keep-ours', rows: panelRows },
];
