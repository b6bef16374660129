import { describe, expect, test } from 'vitest';
import { reasons, type Stage } from './stage.ts';

/** CUS-6, CUS-7, CUS-8: what is typed, by every path that a client has. */
export function valuesOfCustomers(stage: () => Stage, db: string): void {
  type Sent = { customer: string } & Record<string, unknown>;

  /** The same row by every path that a client has; each must end in the same stored form or the same refusal. */
  const PATHS = {
    rest: (row: Sent) => stage().post('crm_contacts', row),
    batch: (row: Sent) => stage().post('crm_contacts', [row]),
    graphql: ({ customer: id, ...contact }: Sent) =>
      stage().world.as.repA1.graphql(
        'mutation ($id: ID!, $row: update_crm_customers_input!) { update_crm_customers_item(id: $id, data: $row) { id } }',
        {
          id,
          row: { contacts: [contact] },
        },
      ),
    nested: ({ customer: id, ...contact }: Sent) =>
      stage().patch('crm_customers', id, { contacts: { create: [contact], update: [], delete: [] } }),
  };

  describe('values', () => {
    test.each(Object.keys(PATHS) as (keyof typeof PATHS)[])('CUS-7: by %s a contact is stored in one form', async (path) => {
      const id = await stage().enter({ name: '形式有限公司' });
      const answer = await PATHS[path]({
        customer: id,
        name: '张 三',
        phone: '（010）6558 8888转12',
        email: 'Zhang@Example.COM',
        wechat: ' zhang_3 ',
      });
      expect(answer.status, answer.text).toBe(200);
      expect(answer.text).not.toContain('"errors"');
      const [stored] = await stage().world.host.database('crm_contacts').where({ customer: id });
      expect(stored).toMatchObject({ name: '张三', phone: '010-65588888-12', email: 'zhang@example.com', wechat: 'zhang_3' });
    });

    test.each(Object.keys(PATHS) as (keyof typeof PATHS)[])(
      'CUS-7: by %s a wrong number is refused and nothing is written',
      async (path) => {
        const id = await stage().enter({ name: '拒绝有限公司' });
        const [contacts, activity] = [await stage().count('crm_contacts'), await stage().count('directus_activity')];
        const answer = await PATHS[path]({ customer: id, name: '张三', phone: '1380013800' });
        const [error] = answer.body.errors;
        expect(error.message).toBe('电话号码位数不对：手机 11 位，座机带区号，如 010-65588888，境外号码以 + 开头。');
        expect(error.extensions.code).toBe('FAILED_VALIDATION');
        if (path !== 'graphql') expect(answer.status).toBe(400);
        expect(await stage().count('crm_contacts')).toBe(contacts);
        expect(await stage().count('directus_activity')).toBe(activity);
      },
    );

    test('CUS-7: the text stands where the form shows it, in the language of whoever types', async () => {
      const chinese = await stage().post('crm_customers', { name: 'x', uscc: '91350100M000100Y44' });
      expect(chinese.status).toBe(400);
      expect(chinese.body.errors[0]!.extensions).toMatchObject({
        code: 'FAILED_VALIDATION',
        field: 'uscc',
        reason: 'credit_code.check_digit',
      });
      expect(chinese.body.errors[0]!.extensions.validation_message).toMatch(/校验位不符/u);
      const english = await stage().post('crm_customers', { name: 'x', uscc: '91350100M000100Y44' }, 'repA2');
      expect(english.body.errors[0]!.message).toMatch(/check digit .* does not match/u);
      const nested = await stage().post('crm_customers', { name: 'x', phone: '1', contacts: [{ name: 'y', email: 'z' }] });
      expect(reasons(nested)).toEqual([
        ['phone', 'phone.length'],
        ['contacts.email', 'email.no_at'],
      ]);
    });

    test('CUS-7, Q20: a good credit code is stored as printed, none is demanded', async () => {
      const id = await stage().enter({ name: '代码有限公司', uscc: ' 91350100m000100y43 ' });
      expect((await stage().customer(id))['uscc']).toBe('91350100M000100Y43');
      expect((await stage().patch('crm_customers', id, { uscc: '' })).status).toBe(200);
      expect((await stage().customer(id))['uscc']).toBeNull();
    });

    test('CUS-6: a name has one spelling; one that is no full legal name is noticed, never refused', async () => {
      const id = await stage().enter({ name: ' 华东(上海) 贸易 有限公司' });
      expect(await stage().customer(id)).toMatchObject({ name: '华东（上海）贸易有限公司', name_hint: null });
      await stage().patch('crm_customers', id, { name: '华东' });
      expect((await stage().customer(id))['name_hint']).toBe('not_legal_name');
      await stage().patch('crm_customers', id, { kind: 'person' });
      expect((await stage().customer(id))['name_hint']).toBeNull();
      const blank = await stage().patch('crm_customers', id, { name: ' \u3000' });
      expect(reasons(blank)).toEqual([['name', 'blank']]);
    });

    test('CUS-6: tags and regions are chosen from the lists, in force and switched on', async () => {
      const { tag } = stage();
      const { database } = stage().world.host;
      const id = await stage().enter({ name: '标签有限公司', tags: [{ tag }] });
      expect(await database('crm_customers_tags').where({ customer: id }).pluck('tag')).toEqual([tag]);
      await database('crm_tags').insert({ id: '10000000-0000-4000-8000-0000000000a1', name: `停用-${db}`, active: false });
      const off = await stage().patch('crm_customers', id, {
        tags: { create: [{ tag: { id: '10000000-0000-4000-8000-0000000000a1' } }], update: [], delete: [] },
      });
      expect(reasons(off)).toEqual([['tag', 'tag_switched_off']]);
      const invented = await stage().patch('crm_customers', id, { tags: { create: [{ tag: { name: '自创' } }], update: [], delete: [] } });
      expect(invented.status).toBe(403);
      await database('crm_regions').insert({
        id: '10000000-0000-4000-8000-0000000000a2',
        code: '371200',
        name: '莱芜市',
        full_name: '山东省 莱芜市',
        level: 'city',
        valid_to: '2018-12-31',
      });
      expect(reasons(await stage().patch('crm_customers', id, { region: '10000000-0000-4000-8000-0000000000a2' }))).toEqual([
        ['region', 'not_in_force'],
      ]);
      expect(await database('crm_customers_tags').where({ customer: id })).toHaveLength(1);
    });

    test('CUS-8: whoever enters or corrects a contact way has verified it today', async () => {
      const id = await stage().enter({ name: '核实有限公司', contacts: [{ name: '甲', phone: '13800138000' }, { name: '乙' }] });
      const contacts = await stage()
        .world.host.database('crm_contacts')
        .where({ customer: id })
        .orderBy('name')
        .select('id', 'last_verified_on', 'name');
      const verified = new Map(contacts.map((row) => [row.name, row.last_verified_on]));
      expect(verified.get('甲')).not.toBeNull();
      expect(verified.get('乙')).toBeNull();
    });

    test('an update answers for a foreign customer exactly as for none, whatever value is sent', async () => {
      const foreign = (await stage().world.create('repB', 'crm_customers', { name: '他人有限公司' })).id;
      const absent = '10000000-0000-4000-8000-0000000000ff';
      for (const row of [{ name: '改名有限公司' }, { phone: '1' }, { status: 'archived' }, { parent: foreign }, { parent: absent }]) {
        const [one, other] = [await stage().patch('crm_customers', foreign, row), await stage().patch('crm_customers', absent, row)];
        expect([one.status, one.text]).toEqual([other.status, other.text]);
      }
      expect((await stage().customer(foreign))['name']).toBe('他人有限公司');
    });
  });
}
