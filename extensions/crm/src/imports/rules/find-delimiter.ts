/** What separates the cells of a text table; the full-width comma comes from tables typed by hand. */
export const DELIMITERS = [',', '\t', ';', '|', '，'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** How many characters and lines `findDelimiter` looks at. */
export const SAMPLE_CHARS = 64 * 1024;
const SAMPLE_LINES = 50;

/**
 * The separator that cuts the first lines of a table into the same number of cells most often. Separators within quotes do
 * not count. A first line `sep=;`, as Excel writes it, decides.
 */
export function findDelimiter(sample: string): { delimiter: Delimiter; declared: boolean } {
  const declared = DECLARED.exec(sample)?.[1];
  if (declared && isDelimiter(declared)) return { delimiter: declared, declared: true };
  const lines = countPerLine(sample);
  const ranked = DELIMITERS.map((delimiter, place) => ({ delimiter, score: scoreOf(lines.map((counts) => counts[place]!)) }));
  const best = ranked.reduce((winner, next) => (next.score > winner.score ? next : winner));
  return { delimiter: best.score > 0 ? best.delimiter : ',', declared: false };
}

/** The line in which Excel names the separator. */
export const DECLARED = /^sep=(.)(?:\r\n?|\n|$)/iu;

export const isDelimiter = (value: unknown): value is Delimiter => (DELIMITERS as readonly unknown[]).includes(value);

function countPerLine(sample: string): number[][] {
  const lines: number[][] = [];
  let counts = DELIMITERS.map(() => 0);
  let quoted = false;
  let used = false;
  for (const char of sample) {
    if (char === '"') quoted = !quoted;
    else if (char === '\n' && !quoted) {
      if (used) lines.push(counts);
      if (lines.length >= SAMPLE_LINES) return lines;
      counts = DELIMITERS.map(() => 0);
      used = false;
      continue;
    } else if (!quoted) {
      const place = DELIMITERS.indexOf(char as Delimiter);
      if (place >= 0) counts[place]! += 1;
    }
    used ||= char.trim() !== '';
  }
  // The last line of a sample may be cut, unless it is all there is.
  if (used && (lines.length < 2 || sample.length < SAMPLE_CHARS)) lines.push(counts);
  return lines;
}

/** How many lines agree on the commonest count of separators; a title above the table and a note below it do not spoil it. */
function scoreOf(counts: readonly number[]): number {
  const agreeing = new Map<number, number>();
  for (const count of counts) if (count) agreeing.set(count, (agreeing.get(count) ?? 0) + 1);
  return Math.max(0, ...[...agreeing].map(([count, lines]) => lines + Math.min(count, MOST_WEIGHT) / WEIGHT));
}

/** Between equals more columns win, but never against one more line. */
const [MOST_WEIGHT, WEIGHT] = [99, 100];
