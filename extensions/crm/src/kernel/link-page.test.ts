import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { linkPage, linkScript } from './link-page.ts';

describe('ACC-5: the page behind a one-time link', () => {
  test('says everything in both languages and has a place for what the server answers', () => {
    const page = linkPage({
      ...{ title: ['设置', 'Set'], heading: ['设置新密码', 'Set a password'], fields: '<input name="password">', button: ['保存', 'Save'] },
      ...{ colour: '#123456', script: 'a.js' },
    });
    for (const part of ['<title>设置 · Set</title>', '设置新密码', 'Set a password', '<input name="password">', '保存', 'Save', '#123456'])
      expect(page).toContain(part);
    expect(page).toMatch(/<form id="form">[^]*<button type="submit">[^]*id="message" role="alert"[^]*<\/form>[^]*<script src="a.js">/u);
    expect(page).not.toMatch(/undefined|\$\{/u);
  });

  test.each(['', '  if (!given.password) return;\n  delete given.again;'])('its script can be read by a browser (%j)', (check) => {
    const script = linkScript({ address: 'session/reset', done: ['好。', 'Done.'], check });
    expect(() => new Script(script)).not.toThrow();
    expect(script).toContain("fetch('session/reset'");
    expect(script).not.toMatch(/undefined/u);
  });
});
