import { describe, expect, it } from 'vitest';
import { FIRST_STAGE_ID } from '../../schema-snapshots/model/opportunities.ts';
import { calendarDays } from './calendar.ts';
import { baseParts } from './index.ts';
import { industries } from './industries.ts';
import { regions } from './regions.ts';
import { requiredSets } from './required-sets.ts';
import { stages } from './stages.ts';

const byDay = new Map(calendarDays.map((row) => [row['day'], row]));

describe('base data', () => {
  it('CUS-6: GB/T 4754-2017 has 20 sections and 97 divisions, 01 to 97 without a gap', () => {
    expect(industries.filter(({ level }) => level === 'section').map(({ code }) => code)).toEqual([...'ABCDEFGHIJKLMNOPQRST']);
    const divisions = industries.filter(({ level }) => level === 'division').map(({ code }) => code);
    expect(divisions).toEqual(Array.from({ length: 97 }, (_, n) => String(n + 1).padStart(2, '0')));
  });

  it('CUS-6: every section and division has an English name', () => {
    expect(industries.filter(({ name_en }) => !name_en)).toEqual([]);
  });

  it('CUS-6: every division and every city stands behind its parent', () => {
    for (const rows of [industries, regions]) {
      const seen = new Set<unknown>();
      for (const row of rows) {
        if (row['parent']) expect(seen.has(row['parent']), String(row['name'])).toBe(true);
        seen.add(row['id']);
      }
      expect(seen.size).toBe(rows.length);
    }
  });

  it('CUS-7: 34 provinces and 333 cities, with full names', () => {
    expect(regions.filter(({ level }) => level === 'province')).toHaveLength(34);
    expect(regions.filter(({ level }) => level === 'city').length).toBeGreaterThanOrEqual(330);
    expect(regions.find(({ code }) => code === '330100')?.['full_name']).toBe('浙江省 杭州市');
  });

  it.each([
    ['2025-01-26', 'workday'],
    ['2025-01-29', 'holiday'],
    ['2025-10-11', 'workday'],
    ['2026-01-04', 'workday'],
    ['2026-02-14', 'workday'],
    ['2026-02-17', 'holiday'],
    ['2026-05-09', 'workday'],
    ['2026-10-01', 'holiday'],
  ])('Q9: %s is a %s', (day, kind) => {
    expect(byDay.get(day)?.['kind']).toBe(kind);
  });

  it('Q9: an ordinary Wednesday and an ordinary Saturday have no row', () => {
    expect(byDay.has('2026-03-04')).toBe(false);
    expect(byDay.has('2026-03-07')).toBe(false);
  });

  it('SAL-2: the first stage is the one that the column defaults to', () => {
    expect(stages[0]?.['id']).toBe(FIRST_STAGE_ID);
  });

  it('Q19: a set for everybody exists, so that no customer is without one', () => {
    expect(requiredSets.some((set) => set['class'] === null && set['kind'] === null && set['segment'] === null)).toBe(true);
  });

  it('every part has rows with unique ids', () => {
    for (const part of baseParts) {
      if (part.kind !== 'rows') continue;
      expect(part.rows.length, part.name).toBeGreaterThan(0);
      expect(new Set(part.rows.map(({ id }) => id)).size).toBe(part.rows.length);
    }
  });
});
