/** SAL-1, SAL-9, SAL-10, Q21, DQ-5: from the record of a lead to its customer, and to whoever works it. */
import { expect, it } from 'vitest';
import { GROUP_SEGMENT_ID } from '../../../extensions/crm/src/kernel/roles.ts';
import { field, logInAs } from '../studio.ts';
import { LONG, accessible, type BoardDesk } from './desk.ts';

const REP = 'rep1.s01@example.com';
const HEAD = 'head.s01@example.com';
const MARKETING = 'sysadmin1@example.com';
const READY = { status: 'qualified', grade: 'A' };

export function leadCases(desk: () => BoardDesk): void {
  const database = () => desk().host.database;
  let numbers = 0;
  /** A lead as somebody enters it, with a number that nobody else has. */
  async function enter(who: string, row: object): Promise<string> {
    const client = await desk().host.login(who);
    const phone = `136222233${String((numbers += 1)).padStart(2, '0')}`;
    const answer = await client.request('POST', '/items/crm_leads', { phone, ...row });
    expect(answer.status, answer.text).toBe(200);
    return answer.body.data.id;
  }
  const lead = (id: string) => database()('crm_leads').where({ id }).first();
  const idOf = async (email: string): Promise<string> => (await database()('directus_users').where({ email }).first('id')).id;
  const speak = (email: string, language: string) => database()('directus_users').where({ email }).update({ language });
  /** What a refusal of the server leaves in the browser's own list. */
  const isRefusal = (one: string): boolean => /\/(?:convert|allocate)$|status of 40\d/u.test(one);

  it('SAL-1, DQ-5: a lead is converted on its record; a customer that is there already is chosen, and the deal is one click away', async () => {
    const rep = await desk().host.login(REP);
    const known = (await rep.request('POST', '/items/crm_customers', { name: '转化重名有限公司' })).body.data.id;
    const id = await enter(REP, { ...READY, title: '转化线索', company_name: '转化重名有限公司', contact_name: '李雷', needs: '两台' });
    const { page, complaints, open, close } = await logInAs(desk().browser, desk().host, REP);
    await open(`/admin/content/crm_leads/${id}`, '.lead-bar .convert');
    await accessible(page, '.lead-bar');
    await page.locator('.lead-bar .convert').click();
    const dialog = page.locator('.convert-dialog');
    await dialog.getByText('可能已有相同的客户').waitFor();
    await accessible(page, '.convert-dialog');
    const confirm = dialog.locator('.confirm button');
    expect(await confirm.isDisabled()).toBe(true);
    expect(await dialog.getByText('李雷').count()).toBe(1);
    // A new one is said to be another one, and has its name to be told apart by.
    await dialog.getByLabel('不是同一客户，新建').check();
    expect(await dialog.getByLabel('客户名称').inputValue()).toBe('转化重名有限公司');
    expect(await dialog.locator('.note').first().innerText()).toContain('还缺');
    await dialog.getByLabel('使用“转化重名有限公司”（名称相同）').check();
    expect(await dialog.getByLabel('客户名称').count()).toBe(0);
    await dialog.getByLabel('商机名称').fill('泵车采购');
    await dialog.getByLabel('预计金额').fill('-5');
    await dialog.getByText('金额须为 0 或更大的数').waitFor();
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel('预计金额').fill('120,000');
    await confirm.click();
    await page.locator('.lead-bar .became').waitFor();
    expect(await page.locator('.lead-bar button').count()).toBe(0);
    expect(await lead(id)).toMatchObject({ status: 'converted', customer: known });
    await expect.poll(() => field(page, 'status').locator('input').inputValue(), LONG).toBe('已转化');
    expect(await page.locator('.lead-bar .told').innerText()).toBe('已转化。');
    await accessible(page, '.lead-bar');
    await page.getByRole('link', { name: '打开商机' }).click();
    await page.waitForURL(/content\/crm_opportunities\/[\da-f-]{36}/u);
    const made = await database()('crm_opportunities')
      .where({ id: page.url().split('/').pop()! })
      .first();
    expect([made.title, Number(made.amount), made.customer, made.needs]).toEqual(['泵车采购', 120_000, known, '两台']);
    expect(await database()('crm_contacts').where({ customer: known }).pluck('name')).toEqual(['李雷']);
    await close();
    expect(complaints).toEqual([]);
  });

  it('SAL-1, OPS-8: on a phone a lead becomes a new customer without a deal; what keeps another from it is said in place', async () => {
    const id = await enter(REP, { ...READY, title: '手机转化', company_name: '手机转化有限公司' });
    const { page, complaints, open, close } = await logInAs(desk().browser, desk().host, REP, { width: 375, touch: true, scheme: 'dark' });
    await open(`/admin/content/crm_leads/${id}`, '.lead-bar .convert');
    await accessible(page, '.lead-bar');
    await page.locator('.lead-bar .convert').tap();
    const dialog = page.locator('.convert-dialog');
    await dialog.getByLabel('客户名称').fill('手机转化新名有限公司');
    await dialog.getByLabel('同时新建商机').uncheck();
    await accessible(page, '.convert-dialog');
    await dialog.locator('.confirm button').tap();
    await page.getByRole('link', { name: '打开客户“手机转化新名有限公司”' }).waitFor();
    expect(await page.getByRole('link', { name: '打开商机' }).count()).toBe(0);
    expect(await lead(id)).toMatchObject({ status: 'converted', converted_to: null });

    const bare = await enter(REP, { title: '无联系方式', company_name: '无联系方式有限公司', phone: null });
    await open(`/admin/content/crm_leads/${bare}`, '.lead-bar .convert');
    await page.locator('.lead-bar .convert').tap();
    await dialog.getByText('请填写电话、电子邮箱或微信中的一项').waitFor();
    expect(await dialog.locator('.confirm button').isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await close();
    expect(complaints).toEqual([]);
  });

  it('SAL-9, SAL-10: a head gives a lead to somebody, learns what is missing before, and that it waits where approval is asked', async () => {
    const to = await idOf('rep2.s01@example.com');
    const id = await enter(HEAD, { title: 'Allocated lead', company_name: '分配有限公司', owner: null });
    await speak(HEAD, 'en-US');
    const look = { language: 'en-US', scheme: 'dark' } as const;
    const { page, complaints, open, close } = await logInAs(desk().browser, desk().host, HEAD, look);
    await open(`/admin/content/crm_leads/${id}`, '.lead-bar .allocate');
    expect(await page.locator('.lead-bar').innerText()).toContain('Nobody works it yet');
    const dialog = page.locator('.allocate-dialog');
    const give = async (): Promise<void> => {
      await page.locator('.lead-bar .allocate').click();
      await dialog.getByLabel('Owner').selectOption(to);
      await dialog.locator('.confirm button').click();
    };
    await give();
    await dialog.getByRole('alert').getByText('grade').waitFor();
    await accessible(page, '.allocate-dialog');
    await database()('crm_leads').where({ id }).update({ grade: 'B' });
    await dialog.locator('.confirm button').click();
    await page.locator('.lead-bar .told').getByText('Allocated to').waitFor();
    expect(await lead(id)).toMatchObject({ owner: to, status: 'allocated' });
    await expect.poll(() => field(page, 'status').locator('input').inputValue(), LONG).toBe('Allocated');

    const { segment } = await lead(id);
    await database()('crm_segments').where({ id: segment }).update({ allocation_needs_approval: true });
    try {
      await page.locator('.lead-bar .allocate').click();
      await dialog.getByLabel('Owner').selectOption(await idOf(REP));
      await dialog.locator('.confirm button').click();
      await page.locator('.lead-bar .told').getByText('The approval is asked for').waitFor();
    } finally {
      await database()('crm_segments').where({ id: segment }).update({ allocation_needs_approval: false });
      await speak(HEAD, 'zh-CN');
    }
    expect((await lead(id)).owner).toBe(to);
    await accessible(page, '.lead-bar');
    await page.getByRole('link', { name: 'See the approval' }).click();
    await page.waitForURL(/crm\/approvals\/[\da-f-]{36}/u);
    await close();
    expect(complaints.filter((one) => !isRefusal(one))).toEqual([]);
  });

  it('Q21, ORG-3: group marketing gives a lead of the pool to a segment, on a phone; a rep only asks for a colleague', async () => {
    const { segment } = await database()('directus_users').where({ email: REP }).first({ segment: 'crm_segment' });
    const id = await enter(MARKETING, {
      ...READY,
      title: '公海线索',
      company_name: '公海有限公司',
      segment: GROUP_SEGMENT_ID,
      owner: null,
    });
    const marketing = await logInAs(desk().browser, desk().host, MARKETING, { width: 375, touch: true });
    await marketing.open(`/admin/content/crm_leads/${id}`, '.lead-bar .allocate');
    await marketing.page.locator('.lead-bar .allocate').tap();
    const dialog = marketing.page.locator('.allocate-dialog');
    expect(await dialog.locator('.confirm button').isDisabled()).toBe(true);
    await dialog.locator('.segment select').selectOption(segment);
    await dialog.getByLabel('负责人').locator('option', { hasText: '按地区' }).waitFor({ state: 'attached' });
    await accessible(marketing.page, '.allocate-dialog');
    await dialog.locator('.confirm button').tap();
    await marketing.page.locator('.lead-bar .told').getByText('等待分配').waitFor();
    expect(await lead(id)).toMatchObject({ segment, owner: null });
    await marketing.close();
    expect(marketing.complaints).toEqual([]);

    const own = await enter(REP, { ...READY, title: '移交线索', company_name: '移交线索有限公司' });
    const rep = await logInAs(desk().browser, desk().host, REP);
    await rep.open(`/admin/content/crm_leads/${own}`, '.lead-bar .allocate');
    await rep.page.getByRole('button', { name: '移交给同事' }).click();
    const asked = rep.page.locator('.allocate-dialog');
    expect(await asked.locator('option', { hasText: '按地区' }).count()).toBe(0);
    await asked.getByLabel('负责人').selectOption(await idOf('rep2.s01@example.com'));
    await asked.getByRole('button', { name: '提交申请' }).click();
    await rep.page.locator('.lead-bar .told').getByText('已提交审批').waitFor();
    expect((await lead(own)).owner).toBe(await idOf(REP));
    await rep.close();
    expect(rep.complaints).toEqual([]);
  });

  it('ORG-4: an executive sees where a lead stands, and is offered nothing to do with it', async () => {
    const id = await enter(REP, { ...READY, title: '只看', company_name: '只看有限公司' });
    const { page, complaints, open, settled, close } = await logInAs(desk().browser, desk().host, 'exec1@example.com');
    await open(`/admin/content/crm_leads/${id}`, '.lead-bar');
    await settled();
    expect(await page.locator('.lead-bar button').count()).toBe(0);
    await close();
    expect(complaints).toEqual([]);
  });
}
