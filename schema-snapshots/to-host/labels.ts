import type { Choice, Text } from '../define.ts';
import { tint } from '../fields.ts';
import type { TextBook } from '../translations.ts';

type Row = Record<string, unknown>;

/** Names of a field in both languages, as the host keeps them beside it. */
export const fieldTranslations = ({ zh, en }: Text): Row[] => [
  { language: 'zh-CN', translation: zh },
  { language: 'en-US', translation: en },
];

export const collectionTranslations = (plural: Text, singular: Text = plural): Row[] => [
  { language: 'zh-CN', translation: plural.zh, singular: singular.zh, plural: plural.zh },
  { language: 'en-US', translation: plural.en, singular: singular.en, plural: plural.en },
];

/** Choices as a drop-down takes them. */
export const dropdownChoices = (choices: Choice[], book: TextBook): Row[] =>
  choices.map(({ value, text, icon, color }) => ({
    text: book.refer(text),
    value,
    ...(icon ? { icon } : {}),
    ...(color ? { color } : {}),
  }));

/** Choices as coloured labels that stay readable on a light and on a dark page. */
export const labelChoices = (choices: Choice[], book: TextBook, plain = false): Row[] =>
  choices.map(({ value, text, icon, color }) => ({
    text: book.refer(text),
    value,
    ...(icon && !plain ? { icon } : {}),
    ...(icon && color && !plain ? { color } : {}),
    ...(color ? tint(color) : {}),
  }));
