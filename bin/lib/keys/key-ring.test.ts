import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readKeyring } from '../../../extensions/crm/src/platform/api/keyring.ts';
import { fingerprint, makeKey, parseKeys, ringProblem, toRingText } from './key-ring.mjs';

const key = () => randomBytes(32).toString('base64');
const [one, other] = [key(), key()];

describe('CRM_KEYS as the commands read it (SEC-1)', () => {
  it.each([
    `k1:${one}`,
    `k2:${other},k1:${one}`,
    ` k2:${other} , k1:${one} ,`,
    '',
    ',',
    'k1',
    'k1:short',
    `:${one}`,
    `-k:${one}`,
    `k 1:${one}`,
    `${'k'.repeat(33)}:${one}`,
    `k1:${one}=`,
    `k1:${one},k1:${other}`,
    `k1:${one},k2:`,
    `k1:${'A'.repeat(43)}=`,
    `k1:${Buffer.from('abcdefg'.repeat(5).slice(0, 32)).toString('base64')}`,
  ])('is accepted or refused like the extension does it: %#', (text) => {
    expect(Array.isArray(parseKeys(text))).toBe(readKeyring(text).accepted);
  });

  it.each([
    ['', 'no key'],
    [`k1:${one},k2:${other.slice(4)}`, 'entry 2'],
    [`k1:${one},k1:${other}`, '"k1" twice'],
    [`k1:${'A'.repeat(43)}=`, 'entry 1 .* not random'],
  ])('says what is wrong in one line, without the key: %#', (text, said) => {
    const message = ringProblem(text, 'CRM_KEYS')?.message ?? '';
    expect(message).toMatch(new RegExp(said));
    for (const secret of [one, other, other.slice(4), 'A'.repeat(43)]) expect(message).not.toContain(secret);
  });

  it('makes a key under an id that was never used, retired ones included', () => {
    expect(makeKey([]).id).toBe('k1');
    expect(makeKey(['k1', 'k7', 'main']).id).toBe('k8');
    expect(parseKeys(toRingText([makeKey(['k1']), { id: 'k1', key: one }]))).toHaveLength(2);
  });

  it('tells keys apart by a fingerprint that is none of them', () => {
    expect(fingerprint({ id: 'k1', key: one })).toBe(fingerprint({ id: 'k9', key: one }));
    expect(fingerprint({ id: 'k1', key: one })).not.toBe(fingerprint({ id: 'k1', key: other }));
  });
});
