import { RELATED_FACTS } from '../../../../schema-snapshots/requirements.ts';
import { fieldWords } from '../../../../schema-snapshots/words.ts';
import type { Language } from '../platform/api/actor.ts';

const RELATED = new Map(RELATED_FACTS.map(({ value, text }) => [value, text]));

let words: ReturnType<typeof fieldWords> | null = null;

/** What people call a field, in the words of the forms; its name where it has none. */
export function fieldLabel(collection: string, field: string, language: Language): string {
  words ??= fieldWords();
  const text = words.get(`${collection}.${field}`)?.label ?? RELATED.get(field);
  return text ? text[language === 'en-US' ? 'en' : 'zh'] : field;
}
