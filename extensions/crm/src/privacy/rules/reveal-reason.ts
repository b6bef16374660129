/** Letters that fill a place and show nothing: the fillers of Hangul. */
const FILLERS = /[\u115F\u1160\u3164\uFFA0]/gu;
const SHOWN = /[\p{L}\p{N}]/gu;
const LEAST_SIGNS = 2;

/** Whether a reason can be read by whoever looks at the log: two letters, signs or digits at least. */
export const saysSomething = (reason: string): boolean => (reason.replaceAll(FILLERS, '').match(SHOWN)?.length ?? 0) >= LEAST_SIGNS;
