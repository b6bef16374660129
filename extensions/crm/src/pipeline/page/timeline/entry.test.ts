import { expect, it } from 'vitest';
import { ago } from './entry.ts';

const NOW = new Date('2026-11-23T10:00:00Z');

it.each([
  ['2026-11-23T10:00:00Z', 'now'],
  ['2026-11-23T09:59:30Z', 'now'],
  ['2026-11-23T09:01:00Z', '59 minutes ago'],
  ['2026-11-22T11:00:00Z', '23 hours ago'],
  ['2026-11-22T09:00:00Z', 'yesterday'],
  ['2026-11-09T10:00:00Z', '2 weeks ago'],
  ['2026-11-25T10:00:00Z', 'in 2 days'],
  ['2025-11-20T10:00:00Z', 'last year'],
])('CUS-11: the timeline says of %s: %s', (at, text) => {
  expect(ago(at, NOW, 'en-US')).toBe(text);
});
