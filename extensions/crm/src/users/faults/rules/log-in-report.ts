/** What somebody who could not log in tells IT (ACC-4). */
export interface LogInReport {
  email: string | null;
  attempts: number;
  errorText: string;
}

export interface ToldFault {
  title: string;
  what: string | null;
}

/** The words of the row; both languages, since nobody knows which one IT reads. */
export function wordsOf({ email, attempts }: Pick<LogInReport, 'email' | 'attempts'>): ToldFault {
  return {
    title: `无法登录，已尝试 ${attempts} 次 · Cannot log in after ${attempts} attempts`,
    what: email ? `登录邮箱 · address: ${email}` : null,
  };
}

/** The server's own count where it knows who it is, which nobody is told; the page's, which is only that browser's, otherwise. */
export const attemptsOf = (told: number, counted: number | null): number => Math.max(told, counted ?? 0);

/** Nobody is told of each single one of many; in both languages as above. */
export const sayBefore = (count: number): string =>
  `前一刻钟另有 ${count} 件登录报修，请在“故障报修”中查看 · ${count} more in the quarter of an hour before, see the faults`;
