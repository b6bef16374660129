import { describe, expect, test } from 'vitest';
import { changingPaths, creatingPaths, KINDS, type Kind } from '../customers/paths.ts';
import { reasons, type Stage } from '../customers/stage.ts';
import { openSealed, type Canaries } from './open-sealed.ts';

/** SEC-1: whatever path a value comes in by, the database gets a mask, a cipher and an index, and the answer a mask. */
export function everyWriteSeals(stage: () => Stage, canaries: Canaries): void {
  const database = () => stage().world.host.database;
  const fresh = () => ({ phone: canaries.phone(), email: `${canaries.word()}@example.com`, wechat: canaries.word() });
  const ways = KINDS.flatMap((kind) => [
    ...Object.entries(creatingPaths(stage, kind)).map(([path, send]) => ({ kind, path: `created by ${path}`, isNew: true, send })),
    ...Object.entries(changingPaths(stage, kind)).map(([path, send]) => ({ kind, path: `changed by ${path}`, isNew: false, send })),
  ]);

  async function before({ collection, list, least }: Kind, row: object = {}) {
    const customer = await stage().enter({ name: '封存有限公司', [list]: [{ ...least, ...row }] });
    const { id } = await database()(collection).where({ customer }).first('id');
    return { customer, id: id as string };
  }

  describe('every write seals', () => {
    test.each(ways)('SEC-1: $kind.collection $path', async ({ kind, isNew, send }) => {
      const { customer, id } = await before(kind);
      const known: string[] = await database()(kind.collection).pluck('id');
      const values = fresh();
      const answer = await send({ customer, id, row: { [kind.person]: '张三', ...values } });
      expect(answer.status, answer.text).toBe(200);
      expect(answer.text).not.toContain('"errors"');
      expect(canaries.in(answer.text)).toEqual([]);
      const stored = isNew
        ? await database()(kind.collection).whereNotIn('id', known).first()
        : await database()(kind.collection).where({ id }).first();
      expect(stored.phone).toBe(`${values.phone.slice(0, 3)}****${values.phone.slice(-4)}`);
      expect(stored.email).toBe('q***@example.com');
      expect(stored.wechat).toBe('q***q');
      for (const [field, value] of Object.entries(values)) {
        expect(await openSealed(database(), kind.collection, stored.id, field)).toBe(value);
        expect(stored[`${field}_index`]).toMatch(/^test\.[\w-]{43}$/);
      }
    });

    test.each(ways)('SEC-1: forged columns, $kind.collection $path', async ({ kind, isNew, send }) => {
      const first = fresh();
      const { customer, id } = await before(kind, first);
      const known: string[] = await database()(kind.collection).pluck('id');
      const forged = { phone_sealed: 'crm1.A256GCM.subject.x.y.z', phone_index: 'test.x', wechat_sealed: null, email_index: null };
      const answer = await send({ customer, id, row: { [kind.person]: '张三', ...forged } });
      expect(answer.text).not.toContain('"errors"');
      const stored = isNew
        ? await database()(kind.collection).whereNotIn('id', known).first()
        : await database()(kind.collection).where({ id }).first();
      if (isNew) expect(stored).toMatchObject({ phone: null, phone_sealed: null, phone_index: null, email_index: null });
      else for (const [field, value] of Object.entries(first)) expect(await openSealed(database(), kind.collection, id, field)).toBe(value);
    });

    const changing = KINDS.flatMap((kind) => Object.entries(changingPaths(stage, kind)).map(([path, send]) => ({ kind, path, send })));
    test.each(changing)('SEC-1: masks written back change nothing, $kind.collection by $path', async ({ kind, send }) => {
      const values = fresh();
      const { customer, id } = await before(kind, values);
      const stood = await database()(kind.collection).where({ id }).first();
      const row = { phone: stood.phone, email: stood.email, wechat: stood.wechat, [kind.person]: '张三丰' };
      const answer = await send({ customer, id, row });
      expect(answer.text).not.toContain('"errors"');
      const now = await database()(kind.collection).where({ id }).first();
      expect(now[kind.person]).toBe('张三丰');
      for (const name of ['phone', 'email', 'wechat'])
        for (const column of [name, `${name}_sealed`, `${name}_index`]) expect(now[column], column).toBe(stood[column]);
    });

    test.each(changing)(
      'SEC-1: the mask of another value is refused at the field, $kind.collection by $path',
      async ({ kind, path, send }) => {
        const { customer, id } = await before(kind, fresh());
        const stood = await database()(kind.collection).where({ id }).first();
        const answer = await send({ customer, id, row: { phone: '137****0000' } });
        const [error] = answer.body.errors;
        expect(error!.message).toBe('这是隐藏后的内容：请输入完整的内容，或保持原样不动。');
        expect(error!.extensions).toMatchObject({ code: 'FAILED_VALIDATION', reason: 'hidden_value' });
        if (!path.includes('GraphQL')) expect(answer.status).toBe(400);
        expect(await database()(kind.collection).where({ id }).first()).toEqual(stood);
      },
    );

    test.each(KINDS.flatMap((kind) => Object.entries(creatingPaths(stage, kind)).map(([path, send]) => ({ kind, path, send }))))(
      'SEC-1: a mask is no value for a new row, $kind.collection by $path',
      async ({ kind, send }) => {
        const { customer, id } = await before(kind);
        const known = await stage().count(kind.collection);
        const answer = await send({ customer, id, row: { phone: '137****0000' } });
        expect(answer.body.errors[0]!.extensions).toMatchObject({ code: 'FAILED_VALIDATION', reason: 'hidden_value' });
        expect(await stage().count(kind.collection)).toBe(known);
      },
    );

    test.each(changing)('SEC-1: null clears all three columns, $kind.collection by $path', async ({ kind, send }) => {
      const { customer, id } = await before(kind, fresh());
      const answer = await send({ customer, id, row: { phone: null } });
      expect(answer.text).not.toContain('"errors"');
      expect(await database()(kind.collection).where({ id }).first()).toMatchObject({ phone: null, phone_sealed: null, phone_index: null });
    });

    test('SEC-1: one value for several rows is refused; their own masks and empty are not', async () => {
      const one = await before(KINDS[0]!, fresh());
      const other = await before(KINDS[0]!, fresh());
      const keys = [one.id, other.id];
      const bulk = (data: object) => stage().world.as.repA1.request('PATCH', '/items/crm_contacts', { keys, data });
      const refused = await bulk({ phone: canaries.phone() });
      expect([refused.status, ...reasons(refused)]).toEqual([400, ['phone', 'one_for_several']]);
      expect(refused.text).toContain('一次写入多条记录');
      const same = await database()('crm_contacts').where({ id: one.id }).first('email');
      const kept = await bulk({ email: same.email, hobbies: '围棋' });
      expect(kept.status, kept.text).toBe(200);
      expect(await openSealed(database(), 'crm_contacts', one.id, 'email')).toMatch(/^qz.*zq@example\.com$/);
      expect((await bulk({ wechat: null })).status).toBe(200);
      expect(await database()('crm_contacts').whereIn('id', keys).whereNotNull('wechat_sealed').pluck('id')).toEqual([]);
    });

    test('ORG-2: nobody can ask "is this the mask of B"', async () => {
      const foreign = await before(KINDS[0]!, fresh());
      const { phone } = await database()('crm_contacts').where({ id: foreign.id }).first('phone');
      const ask = (sent: unknown, id = foreign.id) => stage().patch('crm_contacts', id, { phone: sent }, 'repB');
      const absent = await ask(phone, crypto.randomUUID());
      for (const sent of [phone, '137****0000', canaries.phone(), null]) {
        const answer = await ask(sent);
        expect([answer.status, answer.text]).toEqual([absent.status, absent.text]);
      }
      expect(await database()('crm_contacts').where({ id: foreign.id }).first('phone')).toEqual({ phone });
    });

    test('bad input: a 10,000-character phone, a number, a list and an object are refused with a text', async () => {
      const { id } = await before(KINDS[0]!, fresh());
      for (const phone of ['1'.repeat(10_000), 13_800_138_000, ['13800138000'], { create: [] }, `${'9'.repeat(400)}***`]) {
        const answer = await stage().patch('crm_contacts', id, { phone });
        expect(answer.status, answer.text.slice(0, 200)).toBe(400);
        expect(answer.text.length).toBeLessThan(2000);
      }
    });

    test('Q8: who deletes the row erases its key in the same transaction', async () => {
      const contact = await stage().world.create('repA1', 'crm_contacts', {
        name: '甲',
        customer: (await before(KINDS[0]!)).customer,
        ...fresh(),
      });
      expect(await database()('crm_subject_keys').where({ item: contact.id })).toHaveLength(1);
      const gone = await stage().world.as.sysadmin.request('DELETE', `/items/crm_contacts/${contact.id}`);
      expect(gone.status).toBe(204);
      expect(await database()('crm_subject_keys').where({ item: contact.id })).toHaveLength(0);
    });
  });
}
