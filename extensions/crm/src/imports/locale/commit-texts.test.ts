import { expect, test } from 'vitest';
import { COMMIT_TEXTS } from './commit-texts.ts';

const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name!).sort();

test.each(Object.entries(COMMIT_TEXTS))('IMP-1: %s is said alike in both languages', (_reason, { text }) => {
  expect(places(text['zh-CN'])).toEqual(places(text['en-US']));
  expect(text['zh-CN']).toMatch(/\p{Script=Han}/u);
});
