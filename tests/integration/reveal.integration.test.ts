import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toBusinessDate } from '../../extensions/crm/src/kernel/calendar/business-date.ts';
import { toStoredDay } from '../../extensions/crm/src/platform/api/stored-day.ts';
import { fieldRights } from './sealing/field-rights.ts';
import { buildWorld, calendarIsTold, type PersonName, type World } from './access/world.ts';

interface Shown {
  value?: string | null;
  errors: { message: string; extensions: { code: string; reason?: string } }[];
}

const PHONE = '13912345678';
const MAIL = 'zhang.san@example.com';

describe.each(['sqlite', 'pg'] as const)('reveals on %s', (db) => {
  let world: World;
  let customer: string;
  let contact: string;
  beforeAll(async () => {
    world = await buildWorld(db);
    await calendarIsTold(world);
    await world.host.database('directus_users').where({ id: world.id.repA2 }).update({ language: 'en-US' });
    customer = (await world.create('repA1', 'crm_customers', { name: '张三', kind: 'person', phone: PHONE })).id;
    contact = (await world.create('repA1', 'crm_contacts', { name: '张三', customer, phone: PHONE, email: MAIL, wechat: 'zhang_san_3' }))
      .id;
  });
  afterAll(() => world?.host.stop());
  beforeEach(() => world.host.database('crm_reveals').delete());

  const ask = (who: PersonName, body: unknown, id = contact, kind = 'contacts') =>
    world.as[who].request<Shown>('POST', `/crm/${kind}/${id}/reveal`, body);
  const log = () => world.host.database('crm_reveals').select('*');
  const inbox = (who: PersonName) =>
    world.host.database('directus_notifications').where({ recipient: world.id[who] }).select('subject', 'message');

  test('Q11: the owner follows up without a question; one row for the day, counted, without the value', async () => {
    for (let look = 1; look <= 3; look += 1) {
      const answer = await ask('repA1', { field: 'phone', reason: 'follow_up' });
      expect([answer.status, answer.body.value]).toEqual([200, PHONE]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-type')).toContain('application/json');
      // A hash of a number whose mask is known is the number (SEC-1); the host logs it.
      expect(answer.body).toEqual({ value: PHONE });
      expect(answer.headers.get('etag') ?? '').not.toContain(createHash('sha1').update(answer.text).digest('base64').slice(0, 27));
    }
    const rows = await log();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      collection: 'crm_contacts',
      item: contact,
      field: 'phone',
      purpose: 'follow_up',
      user: world.id.repA1,
    });
    expect(rows[0]).toMatchObject({ segment: world.segment.a, owner: world.id.repA1 });
    expect(Number(rows[0].count)).toBe(3);
    expect(JSON.stringify(rows)).not.toContain(PHONE);
    await ask('repA1', { field: 'email', reason: 'follow_up' });
    expect(await log()).toHaveLength(2);
  });

  test('Q11: twenty looks of the owner at once are one row that counts twenty', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('repA1', { field: 'phone', reason: 'follow_up' })));
    expect(new Set(answers.map(({ body }) => body.value))).toEqual(new Set([PHONE]));
    expect((await log()).map(({ count }) => Number(count))).toEqual([20]);
  });

  test.each([
    ['headA', 'contract', 'contract', null],
    ['adminA', '  客户要求核对号码 ', 'other', '客户要求核对号码'],
    ['exec', 'verify_data', 'verify_data', null],
    ['sysadmin', '投诉处理', 'other', '投诉处理'],
  ] as const)('Q11: %s says why (%s) and every look is a row', async (who, said, purpose, reason) => {
    for (const field of ['email', 'email']) expect((await ask(who, { field, reason: said })).body.value).toBe(MAIL);
    const rows = await log();
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ purpose, reason, user: world.id[who], segment: world.segment.a });
  });

  test('Q11: only the owner follows up', async () => {
    for (const who of ['headA', 'adminA', 'exec', 'sysadmin'] as const) {
      const answer = await ask(who, { field: 'phone', reason: 'follow_up' });
      expect([answer.status, answer.body.errors[0]!.extensions.reason]).toEqual([403, 'owner_only']);
      expect(answer.text).not.toContain(PHONE);
    }
    expect(await log()).toEqual([]);
  });

  fieldRights(() => ({ world, contact, values: { phone: PHONE, email: MAIL } }));

  test('ORG-2: rows of others answer exactly as absent ones, with any field and reason', async () => {
    for (const who of ['repA2', 'repB', 'headB', 'adminB', 'lostRep', 'lostHead'] as const) {
      for (const reason of ['follow_up', 'contract']) {
        const [foreign, absent] = [await ask(who, { field: 'phone', reason }), await ask(who, { field: 'phone', reason }, randomUUID())];
        expect([foreign.status, foreign.text]).toEqual([403, absent.text]);
        const [bad, badAbsent] = [await ask(who, { field: 'name', reason }), await ask(who, { field: 'name', reason }, randomUUID())];
        expect([bad.status, bad.text]).toEqual([400, badAbsent.text]);
      }
    }
    const nobody = await world.host.anonymous.request('POST', `/crm/contacts/${contact}/reveal`, { field: 'phone', reason: 'contract' });
    expect(nobody.status).toBe(403);
    expect(await log()).toEqual([]);
  });

  test('bad input is refused with a text', async () => {
    for (const body of [
      undefined,
      {},
      { field: 'phone' },
      { field: 'phone', reason: '' },
      { field: 'phone', reason: ' 字' },
      { field: 'phone', reason: 5 },
      ...['..', '\u3164\u3164', '\u2800\u2800', '\u115F\u1160'].map((reason) => ({ field: 'phone', reason })),
    ]) {
      expect((await ask('repA1', body)).status).toBe(400);
    }
    expect((await ask('repA1', { field: 'phone', reason: 'x'.repeat(10_000) })).status).toBe(400);
    expect((await ask('repA1', { field: 'phone_sealed', reason: 'contract' })).status).toBe(400);
    expect((await ask('repA1', { field: '__proto__', reason: 'contract' })).status).toBe(400);
    expect((await ask('repA1', { field: 'phone', reason: 'contract' }, 'x')).status).toBe(403);
    expect(await log()).toEqual([]);
  });

  test("a person's own phone is revealed on the customer, a company's switchboard is no secret, an empty field is empty", async () => {
    expect((await ask('repA1', { field: 'phone', reason: 'follow_up' }, customer, 'customers')).body.value).toBe(PHONE);
    const company = (await world.create('repA1', 'crm_customers', { name: '某某有限公司', phone: '010-65588888' })).id;
    expect((await ask('repA1', { field: 'phone', reason: 'follow_up' }, company, 'customers')).body.value).toBe('010-65588888');
    const lead = (await world.create('repA1', 'crm_leads', { title: '线索', phone: PHONE })).id;
    expect((await ask('repA1', { field: 'phone', reason: 'follow_up' }, lead, 'leads')).body.value).toBe(PHONE);
    expect((await ask('repA1', { field: 'email', reason: 'follow_up' }, lead, 'leads')).body.value).toBeNull();
    expect(await log()).toHaveLength(2);
  });

  test('SEC-5: a segment admin reads the log of the own segment, a system admin all, nobody else any; nobody writes it', async () => {
    await ask('headA', { field: 'phone', reason: 'contract' });
    const rows = await log();
    const read = async (who: PersonName) =>
      (await world.as[who].request('GET', '/items/crm_reveals?fields=id')).body?.data?.length as number | undefined;
    expect([await read('adminA'), await read('sysadmin'), await read('adminB')]).toEqual([1, 1, 0]);
    for (const who of ['repA1', 'headA', 'exec'] as const) expect(await read(who), who).toBeUndefined();
    for (const client of [world.as.sysadmin, world.as.adminA, world.root]) {
      const path = `/items/crm_reveals/${rows[0].id}`;
      const tries = [
        await client.request('PATCH', path, { reason: 'x' }),
        await client.request('DELETE', path),
        await client.request('POST', '/items/crm_reveals', { collection: 'crm_contacts', item: contact, field: 'phone' }),
        await client.request('PATCH', '/items/crm_reveals', { query: { filter: {} }, data: { reason: 'x' } }),
        await client.request('DELETE', '/items/crm_reveals', { query: { filter: {} } }),
        await client.request('DELETE', '/items/crm_reveals', [rows[0].id]),
        await client.request('DELETE', '/collections/crm_reveals'),
        await client.request('DELETE', '/fields/crm_reveals/reason'),
      ];
      expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 403));
      const graph = await client.graphql(`mutation { delete_crm_reveals_item(id: "${rows[0].id}") { id } }`);
      expect(graph.text).toContain('"errors"');
    }
    expect(await log()).toEqual(rows);
  });

  const plant = async (day: string, looks: number) => {
    const { database } = world.host;
    for (let look = 0; look < looks; look += 1)
      await database('crm_reveals').insert({
        ...{ id: randomUUID(), at: new Date(), user: world.id.repA1, collection: 'crm_contacts', item: randomUUID(), field: 'phone' },
        ...{ purpose: 'other', day: toStoredDay(database, day), count: 1, segment: world.segment.a },
      });
  };
  const more = async (count: number) => {
    const ids: string[] = [];
    for (let nth = 0; nth < count; nth += 1)
      ids.push((await world.create('repA1', 'crm_contacts', { name: '另一人', customer, phone: PHONE })).id);
    return ids;
  };

  test('Q11: the heads and the system admins are told once, at three times the own habit of records', async () => {
    const { database } = world.host;
    await database('directus_notifications').delete();
    for (let day = 1; day <= 6; day += 1) await plant(`2026-01-0${day}`, 7);
    // Three looks at one record on each of these days are one record a day.
    const rows = await log();
    await database('crm_reveals').insert([1, 2].flatMap(() => rows.map((row) => ({ ...row, id: randomUUID() }))));
    await plant(toBusinessDate(new Date()), 19);
    for (const field of ['phone', 'email', 'wechat']) await ask('repA1', { field, reason: 'contract' });
    expect(await inbox('sysadmin')).toEqual([]);
    const [next, last] = await more(2);
    await ask('repA1', { field: 'phone', reason: 'contract' }, next);
    expect((await inbox('sysadmin')).map(({ subject }) => subject)).toEqual(['repA1 今天查看敏感信息明显多于平时']);
    await ask('repA1', { field: 'phone', reason: 'contract' }, last);
    expect(await inbox('sysadmin')).toHaveLength(1);
    expect(await inbox('headB')).toEqual([]);
    expect(await inbox('repA1')).toEqual([]);
  });

  test('Q11: the segment sets the marks; at the stop no other record is shown, but those that were shown already', async () => {
    const { database } = world.host;
    await database('directus_notifications').delete();
    await database('crm_user_segments').insert({ id: randomUUID(), crm_user: world.id.headA, crm_segment: world.segment.a });
    const marks = { reveal_notice_at: 2, reveal_stop_at: 3 };
    const set = await world.as.sysadmin.request('PATCH', `/items/crm_segments/${world.segment.a}`, marks);
    expect(set.status, set.text).toBe(200);
    // The owner's page asks for three fields of one record, twice.
    for (const field of ['phone', 'email', 'wechat', 'phone', 'email', 'wechat']) await ask('repA1', { field, reason: 'follow_up' });
    expect(await log()).toHaveLength(3);
    expect(await inbox('sysadmin')).toEqual([]);
    const others = await more(8);
    const many = await Promise.all(others.map((id) => ask('repA1', { field: 'phone', reason: 'contract' }, id)));
    expect(many.filter(({ status }) => status === 200)).toHaveLength(2);
    const stopped = many.filter(({ status }) => status !== 200);
    expect(new Set(stopped.map(({ status }) => status))).toEqual(new Set([429]));
    expect(stopped[0]!.body.errors[0]!.message).toContain('3 条记录的上限');
    expect(stopped[0]!.text).not.toContain(PHONE);
    expect((await ask('repA1', { field: 'phone', reason: 'follow_up' })).body.value).toBe(PHONE);
    expect((await ask('repA1', { field: 'email', reason: 'contract' })).body.value).toBe(MAIL);
    expect(await inbox('headA')).toHaveLength(1);
    expect((await inbox('sysadmin')).map(({ subject }) => subject)).toEqual(['repA1 今天查看的敏感信息已达 2 条']);
    await world.as.sysadmin.request('PATCH', `/items/crm_segments/${world.segment.a}`, { reveal_notice_at: 150, reveal_stop_at: 500 });
  });

  test('Q11: marks at nothing are refused at their field', async () => {
    for (const field of ['reveal_stop_at', 'reveal_notice_at'])
      for (const value of [0, -1]) {
        const answer = await world.as.sysadmin.request('PATCH', `/items/crm_segments/${world.segment.a}`, { [field]: value });
        expect([answer.status, answer.body.errors[0].extensions]).toEqual([
          400,
          expect.objectContaining({ code: 'FAILED_VALIDATION', field, reason: 'limit_too_low' }),
        ]);
      }
    const marks = await world.host.database('crm_segments').where({ id: world.segment.a }).first('reveal_notice_at', 'reveal_stop_at');
    expect(marks).toEqual({ reveal_notice_at: 150, reveal_stop_at: 500 });
  });

  test.each<[string, (broken: string) => Promise<void>, number, string]>([
    ['cut off', (id) => damage(id, ({ phone_sealed: cipher }) => String(cipher).slice(0, -6)), 422, 'damaged'],
    ['no cipher at all', (id) => damage(id, () => '13912345678'), 422, 'damaged'],
    ['of another field', (id) => damage(id, ({ email_sealed: cipher }) => String(cipher)), 422, 'damaged'],
    ['of another row', async (id) => damage(id, () => '', await rowOf(contact)), 422, 'damaged'],
    [
      'with the key of another subject',
      async (id) => {
        const { key } = await world.host.database('crm_subject_keys').where({ item: contact }).first('key');
        await world.host.database('crm_subject_keys').where({ item: id }).update({ key });
      },
      503,
      'keys_unusable',
    ],
    ['without its key', (id) => world.host.database('crm_subject_keys').where({ item: id }).delete(), 422, 'damaged'],
  ])('bad input and faults: a value %s opens for nobody, says so, and lists still load', async (_name, harm, status, reason) => {
    const broken = (await world.create('repA1', 'crm_contacts', { name: '坏', customer, phone: PHONE, email: MAIL })).id;
    await harm(broken);
    for (const [who, why] of [
      ['repA1', 'follow_up'],
      ['sysadmin', 'verify_data'],
    ] as const) {
      const answer = await ask(who, { field: 'phone', reason: why }, broken);
      expect([answer.status, answer.body.errors[0]!.extensions.reason]).toEqual([status, reason]);
      expect(answer.text).not.toContain(PHONE);
    }
    for (const path of [
      `crm_contacts?fields=*`,
      `crm_contacts/${broken}`,
      `crm_customers/${customer}?fields=*,contacts.*`,
      `crm_contacts?search=${PHONE}`,
    ]) {
      const list = await world.as.repA1.request('GET', `/items/${path}`);
      expect(list.status, path).toBe(200);
      expect(list.text).not.toContain(PHONE);
    }
    expect(await log()).toEqual([]);
    await world.host.database('crm_contacts').where({ id: broken }).delete();
    await world.root.request('GET', '/crm/doctor');
  });

  const rowOf = (id: string): Promise<Record<string, unknown>> => world.host.database('crm_contacts').where({ id }).first();
  async function damage(id: string, cipherOf: (row: Record<string, unknown>) => string, from?: Record<string, unknown>): Promise<void> {
    const phone_sealed = from ? from['phone_sealed'] : cipherOf(await rowOf(id));
    await world.host.database('crm_contacts').where({ id }).update({ phone_sealed });
  }

  test('bad input and faults: a damaged value is a text and a flag, lists still load, entering it again repairs it', async () => {
    const { database } = world.host;
    const broken = (await world.create('repA1', 'crm_contacts', { name: '李四', customer, phone: PHONE, email: MAIL })).id;
    const { phone_sealed: cipher } = await database('crm_contacts').where({ id: contact }).first('phone_sealed');
    await database('crm_contacts').where({ id: broken }).update({ phone_sealed: cipher });
    const answer = await ask('repA1', { field: 'phone', reason: 'follow_up' }, broken);
    expect([answer.status, answer.body.errors[0]!.extensions.reason]).toEqual([422, 'damaged']);
    expect(answer.text).not.toContain(PHONE);
    expect((await ask('repA1', { field: 'email', reason: 'follow_up' }, broken)).body.value).toBe(MAIL);
    const list = await world.as.repA1.request('GET', '/items/crm_contacts?fields=*');
    expect(list.status).toBe(200);
    const doctor = async () =>
      (await world.root.request('GET', '/crm/doctor')).body.findings.filter(({ kind }: { kind: string }) => kind === 'value_damaged');
    expect(await doctor()).toHaveLength(1);
    expect((await world.as.repA1.request('PATCH', `/items/crm_contacts/${broken}`, { phone: PHONE })).status).toBe(200);
    expect((await ask('repA1', { field: 'phone', reason: 'follow_up' }, broken)).body.value).toBe(PHONE);
    expect(await doctor()).toEqual([]);
    const english = await world.as.repA2.request('POST', `/crm/contacts/${contact}/reveal`, { field: 'nothing', reason: 'contract' });
    expect(english.text).toContain('is not a hidden field');
  });
});
