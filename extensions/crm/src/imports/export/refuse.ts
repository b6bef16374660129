import type { Language } from '../../platform/api/actor.ts';
import { Refusal } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { EXPORT_REFUSALS } from '../locale/export-texts.ts';
import type { ExportFault } from './export-row.ts';

export function exportRefusal(
  reason: ExportFault['reason'],
  language: Language | null | undefined,
  values: ExportFault['values'] = {},
): Refusal {
  const { code, status, text } = EXPORT_REFUSALS[reason];
  return new Refusal({ code, status, message: say(text, language, shown(values, language)), extensions: { reason, ...values } });
}

/** Numbers as people write them; programs find them as they are beside the text. */
const shown = (values: ExportFault['values'], language: Language | null | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? value.toLocaleString(language ?? 'zh-CN') : value]),
  );

/** Why an export ended, where it is one of its own reasons; null for whatever else went wrong. */
export function faultIn(error: unknown): ExportFault | null {
  if (!(error instanceof Refusal)) return null;
  const { reason, ...values } = error.extensions;
  if (typeof reason !== 'string' || !Object.hasOwn(EXPORT_REFUSALS, reason)) return null;
  return { reason: reason as ExportFault['reason'], values: values as ExportFault['values'] };
}

/** What a person is told of it; of a reason that this version does not know, that it was not finished. */
export const faultText = ({ reason, values }: ExportFault, language: Language): string =>
  say(EXPORT_REFUSALS[Object.hasOwn(EXPORT_REFUSALS, reason) ? reason : 'failed'].text, language, shown(values, language));
