import { expect, test } from 'vitest';
import { readLocalMoment } from '../rules/read-moment.ts';
import { cellOf, type ExportColumn } from './columns.ts';

const column: ExportColumn = { field: 'at', kind: 'moment', to: null, paths: ['at'], label: 'at', heading: 'at', choices: {} };

test.each(['Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu', 'UTC'])(
  'IMP-4, IMP-5: a moment that leaves in the zone %s comes back as the same one, wherever it is imported',
  (timeZone) => {
    // The second and third are the hour that the clocks of New York show twice.
    for (const at of ['2026-11-20T06:30:00.000Z', '2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z', '2026-07-01T00:00:00.000Z'])
      for (const reader of ['Asia/Shanghai', 'Europe/Berlin'])
        expect(readLocalMoment(String(cellOf(column, { at }, { language: 'zh-CN', timeZone })), reader)).toBe(at);
  },
);

test('IMP-5: a moment is written as people read it, with its zone', () => {
  const cell = (at: unknown) => cellOf(column, { at }, { language: 'zh-CN', timeZone: 'Asia/Shanghai' });
  expect(cell('2026-11-20T06:30:00.000Z')).toBe('2026-11-20 14:30:00+08:00');
  expect([cell(null), cell('x')]).toEqual([null, null]);
});
