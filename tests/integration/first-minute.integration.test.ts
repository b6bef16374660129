import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLE_IDS, ROLE_NAMES } from '../../extensions/crm/src/kernel/roles.ts';
import { CARD_LOGINS } from '../../extensions/crm/src/welcome/rules/demo-people.ts';
import type { Client } from '../harness/client.ts';
import { startHost, type TestHost } from '../harness/host.ts';

let host: TestHost;

beforeAll(async () => {
  host = await startHost({ demo: true, studio: true });
});
afterAll(() => host.stop());

interface Preset {
  collection: string;
  bookmark: string | null;
  filter: object | null;
  layout_query: { tabular?: { fields: string[]; sort: string[] } } | null;
}

/** Asks for a view as the Studio does: its columns, its order, its filter, a page of 25. */
async function open(client: Client, { collection, filter, layout_query }: Preset) {
  const { fields, sort } = layout_query?.tabular ?? { fields: ['id'], sort: ['id'] };
  const query = new URLSearchParams({
    fields: ['id', ...fields].join(','),
    sort: sort.join(','),
    limit: '25',
    meta: 'filter_count',
    ...(filter ? { filter: JSON.stringify(filter) } : {}),
  });
  return client.request('GET', `${collection === 'directus_users' ? '/users' : `/items/${collection}`}?${query.toString()}`);
}

describe.each(CARD_LOGINS)('the first minute of a $role', ({ role, email }) => {
  let client: Client;
  beforeAll(async () => {
    client = await host.login(email);
  });

  it('opens every view and bookmark that the role was given', async () => {
    const presets: Preset[] = (await client.request('GET', `/presets?limit=-1&filter={"role":{"_eq":"${ROLE_IDS[role]}"}}`)).body.data;
    expect(presets.filter(({ bookmark }) => bookmark).length).toBeGreaterThanOrEqual(8);
    const empty: string[] = [];
    for (const preset of presets) {
      const answer = await open(client, preset);
      expect(answer.status, `${preset.collection} ${preset.bookmark ?? ''} ${answer.text}`).toBe(200);
      if (!answer.body.meta.filter_count) empty.push(`${preset.collection} ${preset.bookmark ?? ''}`);
    }
    // Nobody of s01 has stayed away, not everybody has assigned work, nothing was changed yet: all else shows something.
    expect(empty.filter((view) => !/1-away|3-assigned-by-me|crm_audit/.test(view))).toEqual([]);
  });

  it('shows at most 6 entries in the menu, none of them technical', async () => {
    const collections: { collection: string; meta: { hidden: boolean; group: string | null } | null }[] = (
      await client.request('GET', '/collections')
    ).body.data;
    const shown = collections.filter(({ collection, meta }) => !collection.startsWith('directus_') && meta && !meta.hidden);
    const roots = shown.filter(({ meta }) => !meta?.group);
    expect(roots.map(({ collection }) => collection)).toEqual(
      expect.arrayContaining(['crm_customers', 'crm_leads', 'crm_opportunities', 'crm_activities']),
    );
    expect(roots.length).toBeLessThanOrEqual(6);
  });

  it('starts at the role’s own place', async () => {
    const { last_page: page } = (await client.request('GET', '/users/me?fields=last_page')).body.data;
    if (role === 'sales_rep') {
      const [, id] = /^\/content\/crm_customers\?bookmark=(\d+)$/.exec(page) ?? [];
      expect((await client.request('GET', `/presets/${id}`)).body.data.bookmark).toBe('$t:crm-bookmark-1-my-customers');
    } else if (page.startsWith('/insights/')) {
      expect((await client.request('GET', `/dashboards/${page.split('/').at(-1)}`)).status).toBe(200);
    } else {
      expect(page).toMatch(/^\/content\/crm_leads\?bookmark=\d+$/);
    }
  });
});

it('USE-3: a customer that was entered today is not among the untouched of 30 days; one of last month that nobody called is', async () => {
  const rep = await host.login('rep1.s02@example.com');
  const enter = async (name: string) => (await rep.request('POST', '/items/crm_customers', { name })).body.data.id as string;
  const [today, old] = [await enter('今日录入有限公司'), await enter('上月录入有限公司')];
  const before = new Date(Date.now() - 31 * 86_400_000);
  await host.database('crm_customers').whereIn('id', [today, old]).update({ status: 'active' });
  await host.database('crm_customers').where({ id: old }).update({ date_created: before });
  const presets: Preset[] = (await rep.request('GET', `/presets?limit=-1&filter={"role":{"_eq":"${ROLE_IDS.sales_rep}"}}`)).body.data;
  const untouched = presets.find(({ bookmark }) => bookmark === '$t:crm-bookmark-3-untouched')!;
  const filter = encodeURIComponent(JSON.stringify({ _and: [untouched.filter, { id: { _in: [today, old] } }] }));
  const found = await rep.request('GET', `/items/crm_customers?fields=id&filter=${filter}`);
  expect(found.body.data).toEqual([{ id: old }]);
});

it('F46b: no bookmark of ours belongs to everybody', async () => {
  const global = await host.database('directus_presets').whereNull('role').whereNull('user');
  expect(global).toEqual([]);
  const roles = new Set(await host.database('directus_presets').whereNull('user').pluck('role'));
  expect([...roles].sort()).toEqual(ROLE_NAMES.map((name) => ROLE_IDS[name]).sort());
});

it('each role sees its own dashboard only', async () => {
  const of = async (email: string) => (await (await host.login(email)).request('GET', '/dashboards?fields=name')).body.data;
  expect(await of('head.s03@example.com')).toEqual([{ name: '版块总览 · Segment' }]);
  expect(await of('exec2@example.com')).toEqual([{ name: '集团总览 · Group' }]);
  expect((await (await host.login('rep1.s03@example.com')).request('GET', '/dashboards')).status).toBe(403);
});

it('a person created later starts where the role starts', async () => {
  const admin = await host.login('sysadmin1@example.com');
  const segment = await host.database('crm_segments').where({ code: 's05' }).first('id');
  const made = await admin.request('POST', '/users', {
    first_name: '林小雨',
    email: 'later.s05@example.com',
    password: 'Demo-2026-crm!',
    role: ROLE_IDS.sales_rep,
    status: 'active',
    crm_segment: segment.id,
  });
  expect(made.status, made.text).toBe(200);
  const stored = await host.database('directus_users').where({ id: made.body.data.id }).first('last_page');
  expect(stored.last_page).toMatch(/^\/content\/crm_customers\?bookmark=\d+$/);
});

describe('the cards on the log-in page', () => {
  const page = async () => (await host.anonymous.request('GET', '/admin/login')).text;

  it('stand in the demo: the people of the contract, each with a start page', async () => {
    const offer = await host.anonymous.request('GET', '/crm/welcome.json');
    expect(offer.body.cards.map(({ email, role }: { email: string; role: string }) => ({ email, role }))).toEqual(CARD_LOGINS);
    expect(offer.body.cards.every(({ start }: { start: string }) => /^\/(content|insights)\//.test(start))).toBe(true);
    expect(offer.headers.get('cache-control')).toBe('no-store');
    expect(await page()).toContain('/crm/welcome.js');
    expect((await host.anonymous.request('GET', '/crm/welcome.js')).headers.get('content-type')).toContain('javascript');
  });

  it('are gone, script and password, as soon as it is no demo', async () => {
    await host.restart({ CRM_DEMO: 'false' });
    for (const path of ['/crm/welcome.js', '/crm/welcome.json']) {
      const answer = await host.anonymous.request('GET', path);
      expect(answer.status, path).toBe(404);
      expect(answer.text).not.toContain('Demo-2026');
    }
    expect(await page()).not.toContain('welcome.js');
    expect((await host.anonymous.request('GET', '/crm/first-look.js')).status).toBe(200);
  });
});
