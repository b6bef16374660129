import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plant, type Tree } from '../access/tree.ts';
import { COLLECTIONS } from '../../../extensions/crm/src/kernel/collections.ts';
import type { PersonName, World } from '../access/world.ts';
import { ask, execute } from '../transfers/desk.ts';
import { everything, expectTrue, handedOver, look, newcomer, undone } from './desk.ts';

type Entry = Record<string, unknown>;

/** N5: an undo spares what was changed since, and the fast way leaves what the slow one does. */
export function sparedSuite(world: () => World): void {
  const create = (who: PersonName, name: string) => world().create(who, 'crm_customers', { name });

  test('N5: what changed hands since is spared and listed with all values; what else was edited stays edited', async () => {
    const name = await newcomer(world());
    const [given, edited, gone] = [await create(name, '又转出'), await create(name, '被编辑'), await create(name, '新联系人')];
    const assigned = await world().create('headA', 'crm_activities', { type: 'task', subject: '派发', owner: world().id[name] });
    await world().as[name].request('POST', `/crm/activities/${assigned.id}/respond`, { answer: 'accept' });
    const team = randomUUID();
    const { database } = world().host;
    await database('crm_teams').insert({ id: team, name: '二部', leader: world().id[name], segment: world().segment.a });
    const done = await handedOver(world(), 'adminA', { from: world().id[name], rules: [{ to: world().id.repA2 }] });

    const patch = (who: PersonName, path: string, row: object) => world().as[who].request('PATCH', `/items/${path}`, row);
    expect((await patch('headA', `crm_customers/${given.id}`, { owner: world().id.repA1 })).status).toBe(200);
    expect((await patch('repA2', `crm_customers/${edited.id}`, { needs: '接手后写的' })).status).toBe(200);
    const contact = await world().create('repA2', 'crm_contacts', { name: '接手后新增', customer: gone.id });
    expect((await world().as.repA2.request('POST', `/crm/activities/${assigned.id}/respond`, { answer: 'accept' })).status).toBe(200);
    expect((await patch('sysadmin', `crm_teams/${team}`, { leader: world().id.headA })).status).toBe(200);

    const back = await undone(world(), 'adminA', done.id);
    const [from, to] = [world().id[name], world().id.repA2];
    const listed = (collection: string, item: string, field: string, before: unknown, after: unknown, now: unknown) => ({
      collection,
      item,
      field,
      before,
      after,
      now,
    });
    expect(back.kept.sort((a, b) => (a.collection < b.collection ? -1 : 1))).toEqual([
      listed('crm_activities', assigned.id, 'assignment', 'accepted', 'requested', 'requested'),
      listed('crm_customers', given.id, 'owner', from, to, world().id.repA1),
      listed('crm_teams', team, 'leader', from, to, world().id.headA),
    ]);
    expect(back.spared).toBe(3);
    expect(await world().row('crm_customers', given.id)).toMatchObject({ owner: world().id.repA1 });
    expect(await world().row('crm_customers', edited.id)).toMatchObject({ owner: from, needs: '接手后写的' });
    expect(await world().row('crm_contacts', contact.id), 'comes along with its customer').toMatchObject({ owner: from });
    expect(await world().row('crm_activities', assigned.id), 'asked anew').toMatchObject({ owner: from, assignment: 'requested' });
    await expectTrue(world());
  });

  test('N5, ORG-3: what was converted, deleted or transferred meanwhile is spared, and of the transferred nothing is told', async () => {
    const name = await newcomer(world());
    const { database } = world().host;
    const moved = await create(name, '被划转');
    const untouched = await create(name, '未变动');
    const lead = await world().create(name, 'crm_leads', { title: '被转化', company_name: `转化${randomUUID()}`, phone: '13700137001' });
    const task = await world().create(name, 'crm_activities', { type: 'task', subject: '被删除' });
    const done = await handedOver(world(), 'adminA', { from: world().id[name], rules: [{ to: world().id.repA2 }] });

    const converted = await world().as.repA2.request('POST', `/crm/leads/${lead.id}/convert`, {});
    expect([200, 201], converted.text).toContain(converted.status);
    await database('crm_activities').where({ id: task.id }).delete();
    const asked = await ask(world(), 'headA', { customer: moved.id, to_segment: world().segment.b });
    const executed = await execute(world(), 'sysadmin', asked.body.data.id, { to_owner: world().id.repB, basis: 'consent' });
    expect(executed.status, executed.text).toBe(200);

    await undone(world(), 'adminA', done.id);
    const { customer } = await world().row('crm_leads', lead.id);
    const [from, to] = [world().id[name], world().id.repA2];
    expect(await world().row('crm_customers', untouched.id)).toMatchObject({ owner: from });
    expect(await world().row('crm_leads', lead.id), 'with its customer').toMatchObject({ owner: to, status: 'converted' });
    expect(await world().row('crm_customers', customer as string)).toMatchObject({ owner: to });
    expect(await world().row('crm_customers', moved.id)).toMatchObject({ owner: world().id.repB, segment: world().segment.b });
    const { kept } = (await look(world(), 'adminA', done.id)).body;
    const told = (collection: string, item: string, now: string | null) => ({
      ...{ collection, item, field: 'owner', before: from, after: to, now },
    });
    expect(kept.sort((a, b) => (a.collection < b.collection ? -1 : 1))).toEqual([
      told('crm_activities', task.id, null),
      told('crm_customers', moved.id, null),
      told('crm_leads', lead.id, to),
    ]);
    expect((await look(world(), 'sysadmin', done.id)).body.kept.find(({ item }) => item === moved.id)?.now).toBe(world().id.repB);
    await expectTrue(world());
  });

  test('N5: hand-over then undo is as if nothing had happened, whatever others write meanwhile', async () => {
    const name = await newcomer(world());
    const trees: Tree[] = [];
    for (let n = 0; n < 3; n++) trees.push(await plant(world(), name, `随机${n}`));
    const [from, to] = [world().id[name], world().id.repA2];
    const edits = fc.array(
      fc.record({
        tree: fc.nat(2),
        kind: fc.constantFrom('needs', 'contact', 'activity', 'position'),
        when: fc.constantFrom('during', 'between', 'undo'),
      }),
      { maxLength: 8 },
    );
    /** What the server itself keeps beside what somebody writes. */
    const isKept = (collection: string, field: string) =>
      ['date_updated', 'user_updated'].includes(field) || Boolean(COLLECTIONS[collection]?.fields[field]?.computed);
    let n = 0;
    await fc.assert(
      fc.asyncProperty(edits, async (wanted) => {
        const before = await everything(world());
        /** Texts by row and field; of several at once any may be the last. */
        const written = new Map<unknown, Map<string, string[]>>();
        const note = (id: string, field: string, text: string) => {
          const fields = written.get(id) ?? new Map<string, string[]>();
          written.set(id, fields.set(field, [...(fields.get(field) ?? []), text]));
        };
        const made: string[] = [];
        const write = async ({ tree, kind }: (typeof wanted)[number]) => {
          const { customer, rows } = trees[tree]!;
          const text = `改动 ${(n += 1)}`;
          const by = world().as.adminA;
          // Whatever is written below a customer, the server counts on it.
          written.set(customer.id, written.get(customer.id) ?? new Map<string, string[]>());
          if (kind === 'needs') note(customer.id, 'needs', text);
          else if (kind === 'position') note(rows.crm_contacts.id, 'position', text);
          else made.push(text);
          if (kind === 'needs') return by.request('PATCH', `/items/crm_customers/${customer.id}`, { needs: text });
          if (kind === 'position') return by.request('PATCH', `/items/crm_contacts/${rows.crm_contacts.id}`, { position: text });
          const about = { customer: customer.id };
          if (kind === 'contact') return by.request('POST', '/items/crm_contacts', { ...about, name: text });
          return by.request('POST', '/items/crm_activities', { ...about, type: 'call', subject: text });
        };
        const at = (when: string) => wanted.filter((one) => one.when === when).map(write);
        const [done, ...during] = await Promise.all([handedOver(world(), 'adminA', { from, rules: [{ to }] }), ...at('during')]);
        const between = await Promise.all(at('between'));
        const [back, ...late] = await Promise.all([undone(world(), 'adminA', done.id), ...at('undo')]);
        for (const answer of [...during, ...between, ...late]) expect([200, 204], answer.text).toContain(answer.status);
        expect(back.kept).toEqual([]);
        for (const { customer } of trees)
          for (const collection of ['crm_contacts', 'crm_activities', 'crm_opportunities'])
            for (const row of await world().host.database(collection).where({ customer: customer.id }))
              expect(row.owner, collection).toBe(from);
        await expectTrue(world());
        const now = await everything(world());
        for (const [collection, rows] of Object.entries(before) as [string, Entry[]][])
          for (const row of rows) {
            const after = (now[collection] as Entry[]).find(({ id }) => id === row['id'])!;
            const fields = written.get(row['id']);
            for (const [field, value] of Object.entries(row)) {
              const texts = fields?.get(field);
              if (texts) expect(texts, `${collection}.${field}: an edit was lost`).toContain(after[field]);
              else if (!fields || !isKept(collection, field)) expect(after[field], `${collection}.${field}`).toEqual(value);
            }
          }
        const old = new Set(Object.values(before).flatMap((rows) => (rows as Entry[]).map(({ id }) => id)));
        const added = Object.values(now).flatMap((rows) => (rows as Entry[]).filter(({ id }) => !old.has(id)));
        expect(added.map((row) => row['subject'] ?? row['name']).sort(), 'what was added is there once').toEqual(made.sort());
      }),
      { numRuns: 4, endOnFailure: true, seed: 20261123 },
    );
  });

  test('N5: the fast way writes rows and log as a change of the owner field does (design.md 10)', async () => {
    const [slow, fast] = [await newcomer(world()), await newcomer(world())];
    const { database } = world().host;
    const planted: Record<string, Tree> = {};
    for (const name of [slow, fast]) {
      planted[name] = await plant(world(), name, '差分');
      const customer = planted[name].customer.id;
      const assigned = await world().create('headA', 'crm_activities', { type: 'task', subject: '派', customer });
      await database('crm_activities').where({ id: assigned.id }).update({ assignment: 'accepted', assigned_by: world().id.headA });
    }
    const changed = await world().as.adminA.request('PATCH', `/items/crm_customers/${planted[slow]!.customer.id}`, {
      owner: world().id.repA2,
    });
    expect(changed.status, changed.text).toBe(200);
    await handedOver(world(), 'adminA', { from: world().id[fast], rules: [{ to: world().id.repA2 }] });

    /** Rows and entries of a tree, with keys that differ by nature told by the order in which they were made. */
    async function portrait(name: PersonName): Promise<string> {
      const { customer, rows, activityOnLead, file } = planted[name]!;
      const activities: string[] = await database('crm_activities').where({ customer: customer.id }).orderBy('id').pluck('id');
      const keys = [customer.id, ...Object.values(rows).map(({ id }) => id), activityOnLead.id, file, ...activities];
      const stages: string[] = await database('crm_stage_changes').where({ opportunity: rows.crm_opportunities.id }).pluck('id');
      keys.push(...stages);
      const named = new Map([...keys.map((key, place): [string, string] => [key, `row ${place}`]), [world().id[name], 'from']]);
      const entries: Entry[] = await database('crm_audit').whereIn('item', keys).where({ action: 'update' }).orderBy(['collection', 'nth']);
      const told = entries.map(({ collection, item, nth, segment, before, after, user }) => ({
        collection,
        item,
        nth,
        segment,
        before,
        after,
        user,
      }));
      const standing = [];
      for (const [collection, row] of Object.entries(rows))
        standing.push(await database(collection).where({ id: row.id }).first('segment', 'owner'));
      let text = JSON.stringify([told.map((one) => JSON.stringify(one)).sort(), standing]);
      for (const [key, word] of named) text = text.replaceAll(key, word);
      return text;
    }
    const texts = [await portrait(slow), await portrait(fast)].map((text) => JSON.parse(text) as [string[], unknown]);
    expect(texts[1]![1]).toEqual(texts[0]![1]);
    expect([...texts[1]![0]].sort()).toEqual([...texts[0]![0]].sort());
  });
}
