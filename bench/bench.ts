/** What a benchmark is here (budgets.md): a ratio, taken in one run on one machine, A B A B, with every round kept. */

export interface Options {
  rows: number;
  rounds: number;
}

/** One line of the table. */
export interface Line {
  what: string;
  /** The measured ratio or figure, and the budget it is held against. */
  value: number;
  budget: number;
  unit: string;
  /** Every round's value, in the order they ran. */
  rounds: number[];
  note?: string;
}

export interface Bench {
  name: string;
  /** The row of budgets.md. */
  budget: string;
  /** Size of a run that finishes in about a minute, and the full one. */
  smallRows: number;
  fullRows: number;
  run(options: Options, progress: (text: string) => void): Promise<Line[]>;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
