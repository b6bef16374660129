import type { Text } from './define.ts';
import { COLLECTIONS } from './model/index.ts';

/** What people call a field and its choices, in both languages: the words of the forms, for whoever reads a spreadsheet. */
export interface FieldWords {
  label: Text;
  choices: { value: string; text: Text }[];
}

/** The words of every field by `collection.field`. */
export function fieldWords(): Map<string, FieldWords> {
  const words = new Map<string, FieldWords>();
  for (const { name, fields } of COLLECTIONS) {
    for (const { name: field, type, label, choices = [] } of fields) {
      if (type !== 'alias') words.set(`${name}.${field}`, { label, choices: choices.map(({ value, text }) => ({ value, text })) });
    }
  }
  return words;
}
