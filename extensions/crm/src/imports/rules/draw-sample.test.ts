import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawSample, needsSample, SAMPLE_BAND, sampleSize } from './draw-sample.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const lines = (count: number) => Array.from({ length: count }, (_, at) => at + 2);

describe('IMP-3, N6: the sample of an import', () => {
  test('a shell of two lines draws the same from the same seed', () => {
    const script =
      'while read line; do echo "$(printf %s "$seed:$line" | sha256sum | cut -c1-64) $line"; done | LC_ALL=C sort | head -n "$size" | cut -d" " -f2';
    const drawn = execFileSync('sh', ['-c', script], {
      input: `${lines(60).join('\n')}\n`,
      env: { ...process.env, seed: 'a7f3', size: '9' },
    });
    expect(drawSample(lines(60), { seed: 'a7f3', percent: 15, digest })).toEqual(drawn.toString().trim().split('\n').map(Number));
  });

  test('it does not depend on the order, and lies within the band for every size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 51, max: 400 }), fc.integer({ min: 10, max: 20 }), fc.string(), (count, percent, seed) => {
        const sample = drawSample(lines(count), { seed, percent, digest });
        expect(drawSample(lines(count).reverse(), { seed, percent, digest })).toEqual(sample);
        expect(new Set(sample).size).toBe(sample.length);
        expect(sample.length).toBe(sampleSize(count, percent));
        expect(sample.length / count).toBeGreaterThanOrEqual(SAMPLE_BAND.least / 100);
        expect(sample.every((line) => line >= 2 && line < count + 2)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('of no batch fewer than 10 % or more than 20 % are checked, whatever its size', () => {
    for (let count = 51; count <= 2000; count += 1)
      for (let percent = SAMPLE_BAND.least; percent <= SAMPLE_BAND.most; percent += 1) {
        const share = sampleSize(count, percent) / count;
        expect(share, `${percent} % of ${count}`).toBeGreaterThanOrEqual(SAMPLE_BAND.least / 100);
        expect(share, `${percent} % of ${count}`).toBeLessThanOrEqual(SAMPLE_BAND.most / 100);
      }
    // What an undo has left is checked all the same.
    expect([0, 1, 3, 9].map((count) => sampleSize(count, 20))).toEqual([0, 1, 1, 1]);
  });

  test('batches of more than fifty rows are sampled', () => {
    expect([0, 50, 51].map(needsSample)).toEqual([false, false, true]);
  });

  test('every row has the same chance', () => {
    const hits = new Map<number, number>();
    for (let run = 0; run < 400; run += 1) {
      for (const line of drawSample(lines(100), { seed: `seed ${run}`, percent: 10, digest })) hits.set(line, (hits.get(line) ?? 0) + 1);
    }
    const counts = lines(100).map((line) => hits.get(line) ?? 0);
    expect(Math.min(...counts)).toBeGreaterThan(15);
    expect(Math.max(...counts)).toBeLessThan(75);
  });

  test.each([9.9, 20.1, 0, Number.NaN])('%d percent is outside the band', (percent) => {
    expect(() => drawSample([1], { seed: 'x', percent, digest })).toThrow(RangeError);
  });
});
