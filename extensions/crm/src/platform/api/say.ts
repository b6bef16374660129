import type { Language } from './actor.ts';

/** A translated text: every message a user can meet exists in both languages, or it does not compile. */
export type Said = Readonly<Record<Language, string>>;

/** Picks the language and fills `{name}` places with values; Chinese comes first where the language is unknown. */
export function say(text: Said, language: Language | null | undefined, values: Record<string, string | number> = {}): string {
  return text[language ?? 'zh-CN'].replace(/\{(\w+)\}/g, (whole, key: string) => (key in values ? String(values[key]) : whole));
}
