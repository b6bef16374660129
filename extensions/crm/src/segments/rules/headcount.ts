/** How many active segment admins a segment has at most (001 §5.4, ORG-7). Too few is no refusal: the doctor tells. */
export const MOST_SEGMENT_ADMINS = 2;
/** How many active system admins the group has at most (001 §5.5, ORG-8). */
export const MOST_SYSTEM_ADMINS = 2;
