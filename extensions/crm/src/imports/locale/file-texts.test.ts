import { expect, test } from 'vitest';
import { CELL_TEXTS, FILE_TEXTS } from './file-texts.ts';

const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name!).sort();

test.each(Object.entries({ ...FILE_TEXTS, ...CELL_TEXTS }))('F30: %s is said alike in both languages', (_reason, text) => {
  expect(places(text['zh-CN'])).toEqual(places(text['en-US']));
  expect(text['zh-CN']).toMatch(/\p{Script=Han}/u);
});
