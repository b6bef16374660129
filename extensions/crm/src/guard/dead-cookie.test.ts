import { expect, it } from 'vitest';
import { forgetCookie } from './dead-cookie.ts';

const NAME = 'directus_session_token';

it.each<[string, Record<string, unknown>, Record<string, string>, unknown[]]>([
  ['as the host gives it', {}, { [NAME]: 'x' }, [[NAME, { httpOnly: true, secure: false, sameSite: 'strict' }]]],
  [
    'of a domain, over HTTPS',
    { SESSION_COOKIE_DOMAIN: 'example.com', SESSION_COOKIE_SECURE: true, SESSION_COOKIE_SAME_SITE: 'lax' },
    { [NAME]: 'x' },
    [[NAME, { httpOnly: true, secure: true, sameSite: 'lax', domain: 'example.com' }]],
  ],
  ['of another name', { SESSION_COOKIE_NAME: 'mine' }, { mine: 'x' }, [['mine', { httpOnly: true, secure: false, sameSite: 'strict' }]]],
  ['that was not sent', {}, { other: 'x' }, []],
])('ACC-2: a dead cookie %s is dropped', (_name, env, cookies, cleared) => {
  const calls: unknown[] = [];
  const res = { clearCookie: (...given: unknown[]) => void calls.push(given) };
  forgetCookie({ cookies, res } as never, env);
  expect(calls).toEqual(cleared);
});
