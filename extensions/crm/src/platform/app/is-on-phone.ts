/** As narrow as a phone held upright, and worked with a finger: a zoomed or narrow window on a computer is none. */
const PHONE = '(max-width: 600px) and (pointer: coarse)';

/** Whether the page is opened on a phone; decided once, so that nothing which was begun is taken away (WCAG 1.4.10). */
export const isOnPhone = (): boolean => matchMedia(PHONE).matches;
