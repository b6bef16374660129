/** CI checks that the benchmarks run at a small size, never how fast they are (budgets.md). */
import { expect, it } from 'vitest';
import { freeze } from './freeze.ts';
import { handover } from './handover.ts';
import { imports } from './imports/imports.ts';
import { listPages } from './list-pages.ts';
import { myDayPage } from './my-day.ts';
import { sealing } from './sealing.ts';

it('B1: the pages of the five roles are measured against a bare host', { timeout: 300_000 }, async () => {
  const lines = await listPages.run({ rows: 300, rounds: 1 }, () => undefined);
  expect(new Set(lines.map(({ what }) => what.split(' · ')[0])).size).toBe(5);
  for (const { value } of lines) expect(value).toBeGreaterThan(0);
});

it('USE-3: the page of the day is measured beside a list page', { timeout: 300_000 }, async () => {
  const [line] = await myDayPage.run({ rows: 300, rounds: 1 }, () => undefined);
  expect(line!.value).toBeGreaterThan(0);
  expect(line!.note).toMatch(/[1-9]\d* numbers in clear/u);
});

it("B7: whole imports are measured against the host's own and leave the same rows", { timeout: 300_000 }, async () => {
  const lines = await imports.run({ rows: 20, rounds: 1 }, () => undefined);
  expect(lines.map(({ what }) => what.split(' · ')[0])).toEqual([...Array(6).fill('sqlite'), ...Array(6).fill('pg')]);
  for (const { value } of lines) expect(value).not.toBeNaN();
});

it('B6: a hand-over and its undo are measured against the updates alone', { timeout: 300_000 }, async () => {
  const lines = await handover.run({ rows: 100, rounds: 1 }, () => undefined);
  expect(lines).toHaveLength(6);
  for (const { value } of lines) expect(value).toBeGreaterThan(0);
});

it('B10: sealing, opening and indexing are measured by the value', async () => {
  const lines = await sealing.run({ rows: sealing.smallRows, rounds: 1 }, () => undefined);
  expect(lines).toHaveLength(3);
  for (const { value } of lines) expect(value).toBeGreaterThan(0);
});

it('B9: the check of a log-in is measured in process', async () => {
  const [line, ...more] = await freeze.run({ rows: freeze.smallRows, rounds: 1 }, () => undefined);
  expect([more, line!.value > 0, line!.note]).toEqual([[], true, expect.stringMatching(/[1-9]\d* µs/u)]);
});
