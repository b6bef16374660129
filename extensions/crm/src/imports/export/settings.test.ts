import { expect, test } from 'vitest';
import { rowAllowance, rowsLeft } from '../rules/export-right.ts';
import { readExportSettings } from './settings.ts';

test('SEC-5: how many rows a role takes out is the installation’s to say; nonsense changes nothing, zero closes', () => {
  const set = readExportSettings({
    CRM_EXPORT_ROWS_SALES_REP: '0',
    CRM_EXPORT_ROWS_SEGMENT_HEAD: '500',
    CRM_EXPORT_ROWS_SEGMENT_ADMIN: 'many',
  });
  const may = (role: Parameters<typeof rowAllowance>[0]['role'], admin = false) => rowAllowance({ role, admin }, set.allowances);
  expect([may('sales_rep'), may('segment_head'), may('segment_admin'), may('group_executive')]).toEqual([0, 500, 10_000, 10_000]);
  expect([may('system_admin'), may(null, true), may(null)]).toEqual([100_000, 100_000, 0]);
});

test('F14: a file is kept for a day and never longer', () => {
  const kept = (hours?: string) => readExportSettings(hours === undefined ? {} : { CRM_EXPORT_HOURS: hours }).keptMs / 3_600_000;
  expect([kept(), kept('2'), kept('240'), kept('-1'), kept('x')]).toEqual([24, 2, 24, 24, 24]);
});

test('SEC-5: many small exports are one large one: what is left of a day is so many times the most at once, less what was taken', () => {
  const times = (set?: string) => readExportSettings(set === undefined ? {} : { CRM_EXPORT_DAY_TIMES: set }).dayTimes;
  expect([times(), times('1'), times('2.5'), times('0'), times('x')]).toEqual([3, 1, 2.5, 3, 3]);
  expect([rowsLeft(1000, 3, 0), rowsLeft(1000, 3, 2999), rowsLeft(1000, 2.5, 2500), rowsLeft(1000, 1, 5000), rowsLeft(0, 3, 0)]).toEqual([
    3000, 1, 0, 0, 0,
  ]);
});
