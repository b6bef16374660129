/** What a reading ended with, by whether the person who brought the file can have it read otherwise. */
const MENDABLE: readonly string[] = ['undecodable', 'mixed_encodings', 'no_rows', 'no_heading_line', 'unknown_sheet'];
const HOPELESS: readonly string[] = ['unpacks_too_large', 'too_many_parts', 'forbidden_xml', 'damaged', 'died_often', 'file_gone'];

/** What of a file is known: of a workbook, its sheets. */
type Seen = { sheets?: readonly unknown[] } | null;

/** Another sheet of the workbook may hold fewer rows. */
const isOfSheet = (found: Seen, reason: string): boolean => reason === 'too_many_rows' && (found?.sheets?.length ?? 1) > 1;

/** Another encoding, sheet or line of headings may do: the file stays, to be read in another way on the page (IMP-1). */
export const isMendable = (found: Seen, { reason }: { reason: string }): boolean => MENDABLE.includes(reason) || isOfSheet(found, reason);

/** No other way of reading helps, so the file goes at once (F30), and another one is to be brought. */
export const isHopeless = (found: Seen, { reason }: { reason: string }): boolean =>
  HOPELESS.includes(reason) || (reason === 'too_many_rows' && !isOfSheet(found, reason));
