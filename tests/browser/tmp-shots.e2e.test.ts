import { it } from 'vitest';
import { startHost } from '../harness/host.ts';
import { launchBrowser, logInAs } from './studio.ts';
it('shots', async () => {
  const host = await startHost({ db: 'sqlite', demo: true, studio: true });
  const browser = await launchBrowser();
  const { id: user } = await host.database('directus_users').where({ email: 'rep1.s01@example.com' }).first('id');
  const rows = [...(await host.database('crm_customers').where({ owner: user, status: 'active' }).limit(4).select('id')).map((r: any) => ({ collection: 'crm_customers', item: r.id })), ...(await host.database('crm_leads').where({ owner: user }).limit(2).select('id')).map((r: any) => ({ collection: 'crm_leads', item: r.id }))];
  await host.database('crm_recent_records').insert(rows.map((r, i) => ({ id: crypto.randomUUID(), user, at: new Date(Date.now() - i * 1e6), ...r })));
  const head = (await host.database('directus_users').where({ email: 'head.s01@example.com' }).first('id')).id;
  await host.database('crm_activities').where({ owner: user }).whereNull('done_at').limit(1).select('id').then((r: any) => host.database('crm_activities').where({ id: r[0].id }).update({ assigned_by: head, assignment: 'requested' }));
  for (const [width, language, scheme] of [[375, 'zh-CN', 'light'], [1440, 'zh-CN', 'light'], [375, 'en-US', 'dark'], [1440, 'en-US', 'dark']] as const) {
    await host.database('directus_users').where({ id: user }).update({ language, appearance: scheme });
    const s = await logInAs(browser, host, 'rep1.s01@example.com', { width, language, scheme, touch: width === 375 });
    await s.open('/admin/crm/my-day', '.columns');
    await s.page.waitForTimeout(500);
    await s.page.screenshot({ path: `/tmp/crm/shots/day-${width}-${language}-${scheme}.png` });
    if (width === 375) {
      await s.page.evaluate(() => document.querySelector('.columns')!.scrollIntoView());
      await s.page.screenshot({ path: `/tmp/crm/shots/day-${width}-${language}-${scheme}-b.png` });
      await s.page.locator('.ways .way').nth(1).tap();
    } else {
      await s.page.keyboard.press('?');
      await s.page.keyboard.press('c');
    }
    await s.page.locator('.v-drawer .quick').waitFor();
    await s.page.keyboard.type('杭州');
    await s.page.waitForTimeout(1200);
    await s.page.screenshot({ path: `/tmp/crm/shots/quick-${width}-${language}-${scheme}.png` });
    console.log(s.complaints);
    await s.close();
  }
  await browser.close();
  await host.stop();
}, 600_000);
