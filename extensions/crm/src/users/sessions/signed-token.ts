import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a token is the host's own and not over yet. What is noted of a session, or ends it, is believed of no other: the host looks at
 * signatures after our filter.
 */
export function isSigned(token: unknown, secret: unknown, now: Date): boolean {
  if (typeof token !== 'string' || typeof secret !== 'string' || !secret) return false;
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  if (rest.length) return false;
  const expected = createHmac('sha256', secret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  try {
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
    const { exp } = read(body);
    return read(head)['alg'] === 'HS256' && typeof exp === 'number' && exp * 1000 > now.getTime();
  } catch {
    return false;
  }
}
