import { expect, it } from 'vitest';
import { isProvenSecret, newProvenSecret } from './proven-secret.ts';

const now = new Date('2026-11-23T06:00:00Z');
const whose = { user: 'one', key: 'the-key-of-this-test', now };
const at = (minutes: number) => ({ ...whose, now: new Date(now.getTime() + minutes * 60_000) });
const secret = newProvenSecret(whose);

it.each<[string, string, Parameters<typeof isProvenSecret>[1], boolean]>([
  ['at once', secret, whose, true],
  ['within half an hour', secret, at(29), true],
  ['later', secret, at(30), false],
  ['of somebody else', secret, { ...whose, user: 'two' }, false],
  ['of another server', secret, { ...whose, key: 'another' }, false],
  ['made up', 'A'.repeat(32), whose, false],
  ['as other programs make them', 'JBSWY3DPEHPK3PXP', whose, false],
  ['changed', `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`, whose, false],
  ['with its time moved on', `${secret.slice(0, 20)}${secret.slice(20, 21) === 'A' ? 'B' : 'A'}${secret.slice(21)}`, at(10), false],
  ['no letters of this kind', '0'.repeat(32), whose, false],
  ['nothing', '', whose, false],
])('ACC-7: a secret %s', (_name, text, asker, good) => {
  expect(isProvenSecret(text, asker)).toBe(good);
});

it('ACC-7: every program for codes reads it, and no two are alike', () => {
  expect(secret).toMatch(/^[A-Z2-7]{32}$/u);
  expect(newProvenSecret(whose)).not.toBe(secret);
});
