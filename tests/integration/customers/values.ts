import { describe, expect, test } from 'vitest';
import { changingPaths, creatingPaths, KINDS, type Kind } from './paths.ts';
import { openSealed } from '../sealing/open-sealed.ts';
import { reasons, type Stage } from './stage.ts';

/** CUS-6, CUS-7, CUS-8: what is typed, by every path that a client has. */
export function valuesOfCustomers(stage: () => Stage, db: string): void {
  const ways = KINDS.flatMap((kind) => [
    ...Object.entries(creatingPaths(stage, kind)).map(([path, send]) => ({ kind, path: `created by ${path}`, isNew: true, send })),
    ...Object.entries(changingPaths(stage, kind)).map(([path, send]) => ({ kind, path: `changed by ${path}`, isNew: false, send })),
  ]);

  /** A customer with one row of the kind, as it is before anything wrong or right is sent. */
  async function before({ collection, list, least }: Kind) {
    const customer = await stage().enter({ name: '形式有限公司', [list]: [least] });
    const { id } = await stage().world.host.database(collection).where({ customer }).first('id');
    return { customer, id: id as string };
  }

  describe('values', () => {
    test.each(ways)('CUS-7: $kind.collection $path is stored in one form', async ({ kind, isNew, send }) => {
      const { customer, id } = await before(kind);
      const { database } = stage().world.host;
      const known: string[] = await database(kind.collection).pluck('id');
      const row = { [kind.person]: '张 三', phone: '（010）6558 8888转12', email: 'Zhang@Example.COM', wechat: ' zhang_3 ' };
      const answer = await send({ customer, id, row });
      expect(answer.status, answer.text).toBe(200);
      expect(answer.text).not.toContain('"errors"');
      const fresh = await database(kind.collection).whereNotIn('id', known);
      expect(fresh).toHaveLength(isNew ? 1 : 0);
      const stored = isNew ? fresh[0] : await database(kind.collection).where({ id }).first();
      expect(stored[kind.person]).toBe('张三');
      const right = { phone: '010-65588888-12', email: 'zhang@example.com', wechat: 'zhang_3' };
      for (const [field, value] of Object.entries(right)) expect(await openSealed(database, kind.collection, stored.id, field)).toBe(value);
    });

    test.each(ways)('CUS-7: $kind.collection $path with a wrong number is refused and nothing is written', async ({ kind, path, send }) => {
      const { customer, id } = await before(kind);
      const { database } = stage().world.host;
      const contents = async () => [
        await stage().count('crm_customers'),
        await stage().count(kind.collection),
        await stage().count('directus_activity'),
        await database(kind.collection).where({ id }).first(),
      ];
      const stood = await contents();
      const answer = await send({ customer, id, row: { [kind.person]: '张三', phone: '1380013800' } });
      const [error] = answer.body.errors;
      expect(error!.message).toMatch(/^(“.+”：)?电话号码位数不对：手机 11 位，座机带区号，如 010-65588888，境外号码以 \+ 开头。$/u);
      expect(error!.extensions.code).toBe('FAILED_VALIDATION');
      if (!path.includes('GraphQL')) expect(answer.status).toBe(400);
      expect(await contents()).toEqual(stood);
    });

    test('CUS-7: a customer that is written through the record of its contact, its lead or its opportunity', async () => {
      for (const [collection, least] of [
        ['crm_contacts', { name: '甲' }],
        ['crm_leads', { title: '乙' }],
        ['crm_opportunities', { title: '丙' }],
      ] as const) {
        const customer = await stage().enter({ name: '记录有限公司' });
        const { id } = await stage().world.create('repA1', collection, { ...least, customer });
        const wrong = await stage().patch(collection, id, { customer: { id: customer, phone: '1380013800' } });
        expect([wrong.status, ...reasons(wrong)[0]!]).toEqual([400, 'phone', 'phone.length']);
        const right = await stage().patch(collection, id, {
          customer: { id: customer, phone: '（010）6558 8888', name: ' 记录(新) 有限公司' },
        });
        expect(right.status, right.text).toBe(200);
        expect(await stage().customer(customer)).toMatchObject({ phone: '010-65588888', name: '记录（新）有限公司' });
      }
    });

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
        ['contacts', 'email.no_at'],
      ]);
      expect(nested.body.errors[1]!.extensions).toMatchObject({ collection: 'crm_customers', path: 'contacts.email' });
      expect(nested.body.errors[1]!.message).toMatch(/^“y”：电子邮箱地址缺少 @/u);
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

    test('CUS-6: tags are chosen from the list, as far as they are switched on', async () => {
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
      expect(await database('crm_customers_tags').where({ customer: id })).toHaveLength(1);
    });

    test('CUS-6: a region and an industry are chosen while they are in force, whoever wrote their dates', async () => {
      const { sysadmin } = stage().world.as;
      const id = await stage().enter({ name: '地区有限公司' });
      const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      const CASES: [string | null, string | null, boolean][] = [
        [null, null, true],
        [day(-400), day(400), true],
        [null, day(3), true],
        [null, '2018-12-31', false],
        [day(-400), day(-3), false],
        [day(3), null, false],
      ];
      for (const [field, collection, row] of [
        ['region', 'crm_regions', { code: '371200', name: '莱芜市', full_name: '山东省 莱芜市', level: 'city' }],
        ['industry', 'crm_industries', { code: '98', name: '其他行业', level: 'division' }],
      ] as const) {
        const made = await sysadmin.request('POST', `/items/${collection}`, row);
        expect(made.status, made.text).toBe(200);
        const key: string = made.body.data.id;
        for (const [valid_from, valid_to, isInForce] of CASES) {
          const dated = await sysadmin.request('PATCH', `/items/${collection}/${key}`, { valid_from, valid_to });
          expect(dated.status, dated.text).toBe(200);
          const chosen = [
            await stage().patch('crm_customers', id, { [field]: key }),
            await stage().post('crm_leads', { title: '线索', [field]: { id: key } }),
          ];
          for (const answer of chosen) {
            if (isInForce) expect([valid_from, valid_to, answer.status]).toEqual([valid_from, valid_to, 200]);
            else expect([valid_from, valid_to, reasons(answer)]).toEqual([valid_from, valid_to, [[field, 'not_in_force']]]);
          }
          expect((await stage().patch('crm_customers', id, { [field]: null })).status).toBe(200);
        }
      }
    });

    test('Bad input: what the column would round or cut is the same on every database', async () => {
      const id = await stage().enter({ name: '数值有限公司', annual_revenue: 1.005 });
      expect(Number((await stage().customer(id))['annual_revenue'])).toBe(1.01);
      expect((await stage().patch('crm_customers', id, { annual_revenue: '1234567890.125' })).status).toBe(200);
      expect(Number((await stage().customer(id))['annual_revenue'])).toBe(1234567890.13);
      expect(reasons(await stage().patch('crm_customers', id, { name: 'A(B)'.repeat(60) }))).toEqual([['name', 'too_long']]);
      expect(reasons(await stage().patch('crm_customers', id, { website: `example.com/${'x'.repeat(240)}` }))).toEqual([
        ['website', 'too_long'],
      ]);
      expect((await stage().customer(id))['name']).toBe('数值有限公司');
    });

    test('Bad input: moments and time zones that cannot be', async () => {
      const activity = { type: 'call', subject: '电话' };
      for (const [done_at, reason] of [
        ['9999-12-31T23:59:59Z', 'date.range'],
        ['0099-01-01T00:00:00Z', 'date.range'],
        [new Date(Date.now() + 2 * 86_400_000).toISOString(), 'not_yet'],
      ]) {
        expect(reasons(await stage().post('crm_activities', { ...activity, done_at }))).toEqual([['done_at', reason]]);
      }
      const { sysadmin } = stage().world.as;
      const zone = (timezone: string) => sysadmin.request('PATCH', `/items/crm_segments/${stage().world.segment.c}`, { timezone });
      expect(reasons(await zone('Asia/Shanghigh'))).toEqual([['timezone', 'time_zone']]);
      expect((await zone('europe/berlin')).body.data.timezone).toBe('Europe/Berlin');
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
