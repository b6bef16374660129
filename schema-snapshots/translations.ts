/**
 * The host shows `$t:key` in notes, choices and options as the row of `directus_translations` with that key and the
 * reader's language. The key is the English text itself: the Studio resolves the references of a person whose language
 * is not the project's before it has that person's texts, and then shows the key for good.
 */
import type { Text } from './define.ts';

export interface TranslationRow {
  key: string;
  language: 'zh-CN' | 'en-US';
  value: string;
}

const isText = (value: object): value is Text => 'zh' in value && 'en' in value && Object.keys(value).length === 2;

/** Collects every text that was asked for and gives the reference by which the host finds it. */
export class TextBook {
  readonly #texts = new Map<string, Text>();

  refer(text: Text): string {
    const known = this.#texts.get(text.en);
    if (known && known.zh !== text.zh)
      throw new Error(`“${text.en}” stands for ${known.zh} and for ${text.zh}: word one of them otherwise`);
    this.#texts.set(text.en, text);
    return `$t:${text.en}`;
  }

  /** The same value with every `Text` inside replaced by its reference. */
  localise(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.localise(item));
    if (value === null || typeof value !== 'object') return value;
    if (isText(value)) return this.refer(value);
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.localise(item)]));
  }

  rows(): TranslationRow[] {
    return [...this.#texts.values()].flatMap(({ zh, en }) => [
      { key: en, language: 'zh-CN' as const, value: zh },
      { key: en, language: 'en-US' as const, value: en },
    ]);
  }
}
