/**
 * ORG-2 … ORG-8: the Studio works under the guard: lists, filters, boards, item pages, relation pickers and dashboards of every
 * role, without one error in the console or one refused request. (The six entries of the menu: first-minute.)
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../harness/host.ts';
import { field, launchBrowser, logInAs } from './studio.ts';

const ROLES = ['rep1.s01', 'segadmin.s01', 'head.s09', 'exec1', 'sysadmin1'] as const;
const LISTS = ['crm_customers', 'crm_leads', 'crm_opportunities', 'crm_activities', 'crm_orders', 'crm_contracts'] as const;
const ROW = 'table tbody tr';

describe('the Studio of every role', { timeout: 600_000 }, () => {
  let host: TestHost;
  let browser: Browser;

  beforeAll(async () => {
    host = await startHost({ db: 'sqlite', demo: true, studio: true });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.stop();
  });

  it.concurrent.each(ROLES)('%s: no complaint on any page', async (who) => {
    const studio = await logInAs(browser, host, `${who}@example.com`);
    const { page, complaints, open, go, settled } = studio;
    const client = await host.login(`${who}@example.com`);

    for (const collection of LISTS) {
      await go(`/content/${collection}`, `${ROW}, .v-info`);
    }
    await open('/admin/content/crm_customers?search=a', `${ROW}, .v-info`);
    const marks = await client.request('GET', '/presets?filter[bookmark][_nnull]=true&limit=-1');
    for (const mark of marks.body.data as { id: number; collection: string }[]) {
      const base = mark.collection === 'directus_users' ? '/users' : `/content/${mark.collection}`;
      await go(`${base}?bookmark=${mark.id}`, 'main');
    }
    const first = await client.request('GET', '/items/crm_customers?limit=1&fields=id&filter[status][_eq]=active');
    await go(`/content/crm_customers/${first.body.data[0].id}`, '[data-field="name"]');
    const lead = await client.request('GET', '/items/crm_leads?limit=1&fields=id');
    await go(`/content/crm_leads/${lead.body.data[0].id}`, '.lead-bar');
    const opportunity = await client.request('GET', '/items/crm_opportunities?limit=1&fields=id');
    await go(`/content/crm_opportunities/${opportunity.body.data[0].id}`, '[data-field="title"]');
    if (who !== 'exec1') {
      await go('/content/crm_opportunities/+', '[data-field="customer"]');
      await field(page, 'customer').locator('.interface').click();
      await page.locator('.v-drawer table tbody tr').first().waitFor();
      await settled();
    }
    const dashboards = await client.request('GET', '/dashboards?fields=id');
    for (const { id } of (dashboards.body?.data ?? []) as { id: string }[]) await go(`/insights/${id}`, '.panel-content, .v-workspace');
    await go('/users', ROW);
    for (const collection of ['crm_trips', 'crm_leaves', 'crm_faults']) {
      await go('/crm', `a[href$="/content/${collection}"]`);
      await go(`/content/${collection}`, `${ROW}, .v-info`);
    }
    await go('/crm', 'main');
    await studio.close();
    expect(complaints).toEqual([]);
  });

  it('ORG-4, ORG-5: a head and an executive each have their dashboard, a rep has none of theirs', async () => {
    const seen = async (who: string) =>
      (await (await host.login(`${who}@example.com`)).request('GET', '/dashboards?fields=id')).body?.data?.map(
        ({ id }: { id: string }) => id,
      ) ?? [];
    const [head, exec, rep] = [await seen('head.s01'), await seen('exec1'), await seen('rep1.s01')];
    expect(head).toHaveLength(1);
    expect(exec).toHaveLength(1);
    expect(exec).not.toEqual(head);
    expect(rep).toEqual([]);
  });
});
