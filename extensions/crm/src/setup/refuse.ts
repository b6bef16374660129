import { toLanguage } from '../platform/api/actor.ts';
import { Refusal } from '../platform/api/refusal.ts';
import { say } from '../platform/api/say.ts';
import { SETUP_TEXTS } from './locale/texts.ts';

/** `language` as a browser or a person gives it; Chinese when it says nothing. */
export function refusal(
  reason: keyof typeof SETUP_TEXTS,
  language: unknown,
  values: Record<string, string | number> = {},
  extensions: Record<string, unknown> = {},
): Refusal {
  const { code, status, text } = SETUP_TEXTS[reason];
  return new Refusal({ code, status, message: say(text, toLanguage(language), values), extensions });
}
