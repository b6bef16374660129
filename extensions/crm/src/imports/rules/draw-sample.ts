/** The band in which the measure wants the sample (IMP-3), in percent. */
export const SAMPLE_BAND = { least: 10, most: 20 } as const;
const SAMPLED_ABOVE = 50;

/** Whether so many imported rows need a check before the batch is accepted. */
export const needsSample = (rows: number): boolean => rows > SAMPLED_ABOVE;

/**
 * How many of so many rows are checked: no fewer than the percentage says, and never more than the band allows. What an undo has
 * left of a batch may be so little that one row is more than that.
 */
export const sampleSize = (rows: number, percent: number): number =>
  Math.min(rows, Math.ceil((rows * percent) / 100), Math.max(1, Math.floor((rows * SAMPLE_BAND.most) / 100)));

/**
 * Draws the rows of a batch that are checked by hand (IMP-3, N6). Anybody can redraw it from the published seed: every line
 * number has the digest SHA-256 of `<seed>:<line>`, in lower-case hexadecimal; the lines with the smallest digests are the
 * sample, in the order of their digests. In a shell:
 *
 *     while read line; do echo "$(printf %s "$seed:$line" | sha256sum | cut -c1-64) $line"; done < lines | LC_ALL=C sort | head -n "$size"
 *
 * @param lines the line numbers of the rows that were imported, in any order.
 * @param digest SHA-256 in lower-case hexadecimal.
 */
export function drawSample(
  lines: Iterable<number>,
  { seed, percent, digest }: { seed: string; percent: number; digest: (text: string) => string },
): number[] {
  if (!(percent >= SAMPLE_BAND.least && percent <= SAMPLE_BAND.most)) throw new RangeError(`${percent} % lies outside the band of IMP-3`);
  const ranked = [...new Set(lines)].map((line) => ({ line, rank: digest(`${seed}:${line}`) }));
  ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1));
  return ranked.slice(0, sampleSize(ranked.length, percent)).map(({ line }) => line);
}
