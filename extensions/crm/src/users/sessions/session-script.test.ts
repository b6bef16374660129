import { Script } from 'node:vm';
import { expect, it } from 'vitest';
import { sessionScript, sessionTag } from './session-script.ts';

it('ACC-3: the script of the Studio’s page is one that a browser can read, below the address of the host', () => {
  const text = sessionScript();
  expect(() => new Script(text)).not.toThrow();
  for (const word of ['crm_session_locked', 'crm_exam_pending', 'crm_password_due', '屏幕已锁定', 'The screen is locked'])
    expect(text).toContain(word);
  expect(sessionTag({ PUBLIC_URL: 'https://crm.example.com/base' })).toBe('<script src="/base/crm/session.js"></script>');
  expect(sessionTag({})).toBe('<script src="/crm/session.js"></script>');
});
