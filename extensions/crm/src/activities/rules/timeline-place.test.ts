import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byNewest, isAfter, readPlace, writePlace, type TimelinePlace } from './timeline-place.ts';

const ID = '0b7a4b3e-0000-4000-8000-000000000001';

describe('CUS-11: a place in the timeline', () => {
  it.each([
    ['2026-11-22T08:00:00.000Z', Date.UTC(2026, 10, 22, 8), ''],
    ['2026-11-22T16:00:00+08:00', Date.UTC(2026, 10, 22, 8), ''],
    ['2026-11-22T16:00:00 08:00', Date.UTC(2026, 10, 22, 8), ''],
    [`2026-11-22T08:00:00.000Z~${ID.toUpperCase()}`, Date.UTC(2026, 10, 22, 8), ID],
  ])('CUS-11: %s is one', (text, at, id) => {
    expect(readPlace(text)).toEqual({ at, id });
  });

  it.each(['', 'yesterday', '2026-11-22', '2026-13-40T08:00:00Z', '2026-11-22T08:00:00', `~${ID}`, '2026-11-22T08:00:00Z~x'])(
    'CUS-11: %j is none',
    (text) => {
      expect(readPlace(text)).toBeNull();
    },
  );

  it('CUS-11: pages one after the other hold every entry once, however many have the same moment', () => {
    const entry = fc.record({ at: fc.integer({ min: 0, max: 5 }), id: fc.uuid() });
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: ({ id }) => id, maxLength: 30 }), fc.integer({ min: 1, max: 7 }), (entries, size) => {
        const pages: TimelinePlace[] = [];
        for (let place: TimelinePlace | null = null; ;) {
          const before: TimelinePlace | null = place;
          const page = entries
            .filter((one) => isAfter(one, before))
            .sort(byNewest)
            .slice(0, size);
          pages.push(...page);
          if (page.length < size) break;
          place = readPlace(writePlace(page.at(-1)!));
        }
        expect(pages).toEqual([...entries].sort(byNewest));
      }),
    );
  });
});
