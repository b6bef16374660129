/** A column as the server tells it: its number from 0, its heading, and the field that it goes to. */
export interface ToldColumn {
  column: number;
  header: string | null;
  target: string | null;
  /** Why it goes nowhere, if it does. */
  ignored?: string | null;
}

/** What the reader has chosen, by the number of the column; null leaves it out. */
export type ColumnDraft = Readonly<Record<number, string | null>>;

/** Where a column goes after what was chosen. */
export const chosenFor = ({ column, target }: ToldColumn, draft: ColumnDraft): string | null =>
  column in draft ? (draft[column] ?? null) : target;

/** A column of the segment holds every row up until somebody says that it is to be left out (F32). */
export const isOpen = ({ column, ignored }: ToldColumn, draft: ColumnDraft): boolean => ignored === 'segment' && !(column in draft);

/** Whether a heading tells its column from all others: then a choice holds for it, also in the next file. */
export const isTelling = ({ header }: ToldColumn, columns: readonly ToldColumn[]): boolean =>
  Boolean(header) && columns.filter((other) => other.header === header).length === 1;

/** What is sent of the choices that change anything: by heading where that tells the column, else by its number. */
export function changesOf(
  columns: readonly ToldColumn[],
  draft: ColumnDraft,
): { mapping?: Record<string, string | null>; columns?: Record<string, string | null> } {
  const isChanged = (one: ToldColumn) => chosenFor(one, draft) !== one.target || (one.ignored === 'segment' && !isOpen(one, draft));
  const changed = columns.filter(isChanged);
  const named = changed.filter((one) => isTelling(one, columns)).map((one) => [one.header!, chosenFor(one, draft)]);
  const numbered = changed.filter((one) => !isTelling(one, columns)).map((one) => [String(one.column), chosenFor(one, draft)]);
  // Headings come from a file of anybody: `__proto__` becomes a property of its own here, as any other.
  return {
    ...(named.length ? { mapping: Object.fromEntries(named) } : {}),
    ...(numbered.length ? { columns: Object.fromEntries(numbered) } : {}),
  };
}
