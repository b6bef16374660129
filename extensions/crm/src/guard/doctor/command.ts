import type { Language } from '../../platform/api/actor.ts';
import type { HostContext } from '../../platform/api/host.ts';
import { withOrigin } from '../../platform/api/origin.ts';
import { say, type Said } from '../../platform/api/say.ts';
import type { Doctor, Report } from './doctor.ts';
import { FINDING_TEXTS } from './locale.ts';
import { describeStep, repair } from './repair.ts';
import { levelOf, type Level } from './rules/finding.ts';

interface Options {
  repair?: boolean;
  json?: boolean;
  lang?: string;
}

const MARKS: Record<Level, string> = { closed: '✖', error: '✗', warning: '!' };

const WORDS = {
  good: { 'zh-CN': '✔ 没有发现问题。', 'en-US': '✔ Nothing found.' },
  repaired: { 'zh-CN': '已恢复 {count} 处：', 'en-US': 'Restored {count} places:' },
  swept: { 'zh-CN': '已删除 {count} 把没有记录的个人密钥。', 'en-US': 'Erased {count} personal keys without a record.' },
  recounted: { 'zh-CN': '已重新计算 {count} 条记录的最近跟进和下次计划。', 'en-US': 'Counted the marks of {count} records anew.' },
  summary: {
    'zh-CN': '{closed} 项使 CRM 关闭，{error} 项错误，{warning} 项提醒。',
    'en-US': '{closed} close the CRM, {error} errors, {warning} warnings.',
  },
} satisfies Record<string, Said>;

/** The report as lines for a terminal, the gravest first. */
export function reportLines(report: Report, language: Language): string[] {
  if (!report.findings.length) return [say(WORDS.good, language)];
  const order: Level[] = ['closed', 'error', 'warning'];
  const count = (level: Level) => report.findings.filter((found) => levelOf(found) === level).length;
  const lines = order.flatMap((level) =>
    report.findings
      .filter((found) => levelOf(found) === level)
      .map((found) => {
        const { what, fix } = FINDING_TEXTS[found.kind];
        return `${MARKS[level]} ${found.path}: ${say(what, language, found.values)} ${say(fix, language, found.values)}`;
      }),
  );
  return [...lines, say(WORDS.summary, language, { closed: count('closed'), error: count('error'), warning: count('warning') })];
}

/** `directus crm-doctor [--repair] [--json] [--lang en]`: what `npm run doctor` runs. Returns the exit code: 0 when nothing is broken. */
export async function runDoctor(context: HostContext, doctor: Doctor, options: Options, write: (line: string) => void): Promise<number> {
  const language: Language = options.lang?.startsWith('en') ? 'en-US' : 'zh-CN';
  if (options.repair) {
    const steps = await withOrigin({ kind: 'command', reason: 'npm run doctor -- --repair' }, () => repair(context, doctor, null));
    write(say(WORDS.repaired, language, { count: steps.length }));
    for (const step of steps) write(`  ${describeStep(step)}`);
    const count = await doctor.sweep();
    if (count) write(say(WORDS.swept, language, { count }));
    const recounted = await doctor.recount();
    if (recounted) write(say(WORDS.recounted, language, { count: recounted }));
  }
  const report = await doctor.examine();
  for (const line of options.json ? [JSON.stringify(report, null, 2)] : reportLines(report, language)) write(line);
  return report.findings.some((found) => levelOf(found) !== 'warning') ? 1 : 0;
}
