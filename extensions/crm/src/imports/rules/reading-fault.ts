/** What a reading ended with, by whether the person who brought the file can have it read otherwise. */
const MENDABLE: readonly string[] = ['undecodable', 'mixed_encodings', 'no_rows', 'no_heading_line', 'unknown_sheet'];
const HOPELESS: readonly string[] = ['unpacks_too_large', 'too_many_parts', 'forbidden_xml', 'damaged', 'died_often'];

/** Another encoding, sheet or line of headings may do: the file stays, to be read in another way on the page (IMP-1). */
export const isMendable = (reason: string): boolean => MENDABLE.includes(reason);

/** No other way of reading helps, so the file goes at once (F30); of a workbook another sheet may hold fewer rows. */
export const isHopeless = (found: { sheets?: readonly unknown[] } | null, { reason }: { reason: string }): boolean =>
  reason === 'too_many_rows' ? (found?.sheets?.length ?? 1) < 2 : HOPELESS.includes(reason);
