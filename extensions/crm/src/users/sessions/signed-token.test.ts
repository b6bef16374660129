import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { isSigned } from './signed-token.ts';

const now = new Date('2026-11-23T06:00:00Z');
const SECRET = 'a-secret-of-this-test';
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
function token(claims: object, { secret = SECRET, alg = 'HS256' } = {}): string {
  const text = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
const later = { id: 'u', exp: now.getTime() / 1000 + 60 };

it.each<[string, unknown, boolean]>([
  ['as the host gives it out', token(later), true],
  ['signed by somebody else', token(later, { secret: 'another' }), false],
  ['changed', token(later).replace(/^[^.]+\.[^.]+/u, `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...later, id: 'v' })}`), false],
  ['over', token({ ...later, exp: now.getTime() / 1000 }), false],
  ['without an end', token({ id: 'u' }), false],
  ['of another kind', token(later, { alg: 'none' }), false],
  ['without a signature', `${part({ alg: 'none' })}.${part(later)}.`, false],
  ['a static token', 'static', false],
  ['nothing', null, false],
])('ACC-2: a token %s', (_name, one, good) => {
  expect(isSigned(one, SECRET, now)).toBe(good);
});

it('ACC-2: without a secret nothing is believed', () => {
  expect(isSigned(token(later, { secret: '' }), '', now)).toBe(false);
});
