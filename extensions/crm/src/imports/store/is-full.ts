/** Whether a disk, or a database on it, has no more room (F43). */
export const isFull = (error: unknown): boolean =>
  /^(?:ENOSPC|EDQUOT|EFBIG|SQLITE_FULL|53100)$/u.test(String((error as { code?: unknown } | null)?.code));
