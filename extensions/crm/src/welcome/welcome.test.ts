import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { ROLE_NAMES } from '../kernel/roles.ts';
import { CARD_LOGINS } from './rules/demo-people.ts';
import { pageOfBookmark } from './rules/start-page.ts';
import { firstLookScript, welcomeScript } from './script.ts';
import { isDemo, isOwnHost, pathOf, WelcomeSettings } from './settings.ts';

const settings = (env: object) => WelcomeSettings.parse(env);

describe('the cards exist in the demo only', () => {
  it.each([
    [{ CRM_DEMO: true, CRM_DEMO_PASSWORD: 'x' }, true],
    [{ CRM_DEMO: 'true', CRM_DEMO_PASSWORD: 'x' }, true],
    [{ CRM_DEMO: false, CRM_DEMO_PASSWORD: 'x' }, false],
    [{ CRM_DEMO: 'yes', CRM_DEMO_PASSWORD: 'x' }, false],
    [{ CRM_DEMO: true }, false],
    [{}, false],
  ])('%j → %s', (env, expected) => {
    expect(isDemo(settings(env))).toBe(expected);
  });

  it('a Directus of others keeps its own look', () => {
    expect(isOwnHost(settings({ CRM_DEMO: false }))).toBe(false);
    expect(isOwnHost(settings({ CRM_DATA_DIR: './data' }))).toBe(true);
  });
});

it('scripts are asked for below the address of the host', () => {
  expect(pathOf(settings({ PUBLIC_URL: 'http://127.0.0.1:8055' }))).toBe('/');
  expect(pathOf(settings({ PUBLIC_URL: 'https://example.com/crm-host' }))).toBe('/crm-host/');
  expect(pathOf(settings({}))).toBe('/');
});

it('each role has one card, in the order of the management measure from the rep up', () => {
  expect(CARD_LOGINS.map(({ role }) => role)).toEqual([...ROLE_NAMES].reverse());
});

it('a bookmark that is not there yet leaves the plain list', () => {
  expect(pageOfBookmark('crm_customers', 7)).toBe('/content/crm_customers?bookmark=7');
  expect(pageOfBookmark('crm_customers', null)).toBe('/content/crm_customers');
});

it('what is sent to the browser is a whole program, without the people in it', () => {
  for (const script of [welcomeScript(), firstLookScript()]) expect(() => new Script(script)).not.toThrow();
  expect(welcomeScript()).toContain('BUSL-1.1');
  expect(welcomeScript()).not.toContain('@example.com');
});
