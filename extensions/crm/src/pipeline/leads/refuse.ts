import type { Language } from '../../platform/api/actor.ts';
import { Refusal, SAID } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { LEADS } from './lead-row.ts';
import { AND, FIELD_NAMES, LEAD_REFUSALS, STATUS_TEXTS } from './locale/texts.ts';
import type { StatusReason } from './rules/lead-status.ts';

type Tongue = Language | null | undefined;

export type LeadReason = keyof typeof LEAD_REFUSALS;

export function leadRefusal(
  reason: LeadReason,
  language: Tongue,
  values: Record<string, string | number> = {},
  more: Record<string, unknown> = {},
): Refusal {
  const { code, status, text } = LEAD_REFUSALS[reason];
  return new Refusal({ code, status, message: say(text, language, values), extensions: { reason, ...more } });
}

/** At the field, with the host's own code: so the forms show the text beside it. */
export function statusRefusal(reason: StatusReason, language: Tongue): Refusal {
  const { field, text } = STATUS_TEXTS[reason];
  const message = say(text, language);
  const extensions = { collection: LEADS, field, type: SAID, reason, validation_message: message };
  return new Refusal({ code: 'FAILED_VALIDATION', status: 400, message, extensions });
}

type Missing = readonly (keyof typeof FIELD_NAMES)[];

const namesIn = (fields: Missing, language: Tongue): string =>
  fields.map((field) => say(FIELD_NAMES[field], language)).join(say(AND, language));

/** What is missing, by name, in both languages. */
export const missingNames = (fields: Missing): { zh: string; en: string } => ({
  zh: namesIn(fields, 'zh-CN'),
  en: namesIn(fields, 'en-US'),
});

export const missingRefusal = (fields: Missing, language: Tongue): Refusal =>
  leadRefusal('fields_missing', language, { names: namesIn(fields, language) }, { fields });
