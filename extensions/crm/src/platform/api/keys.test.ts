import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { keysOf } from './keys.ts';

const entry = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const [one, other] = [entry('k2'), entry('k1')];

it.each([
  ['one key', one, ['k2']],
  ['several keys as they are written', `${one},${other}`, ['k2', 'k1']],
  ['several keys as the host reads a setting with commas', [one, other], ['k2', 'k1']],
])('SEC-1: CRM_KEYS with %s', (_name, CRM_KEYS, ids) => {
  const ring = keysOf({ CRM_KEYS }).ring();
  expect(ring.accepted && ring.value.ids).toEqual(ids);
});

it.each([undefined, '', 7, []])('SEC-1: CRM_KEYS %s is none', (CRM_KEYS) => {
  expect(keysOf({ CRM_KEYS }).ring()).toMatchObject({ accepted: false, reason: { reason: 'keys_missing' } });
});
