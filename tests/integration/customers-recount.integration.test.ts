import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toList } from '../../extensions/crm/src/customers/recount-notes.ts';
import { recountCompleteness } from '../../extensions/crm/src/customers/recount.ts';
import { computeCompleteness, weightsFor, type Weight } from '../../extensions/crm/src/customers/rules/completeness.ts';
import { decideStatus, requirementFor, toMissingWords, type RequiredSet } from '../../extensions/crm/src/customers/rules/required-set.ts';
import { startHost, type TestHost } from '../harness/host.ts';

const CLASSES = ['key', 'general', 'potential'];
const KINDS = ['company', 'institution', 'sole_trader', 'person', 'foreign'];
const FACTS = [
  'name',
  'needs',
  'uscc',
  'employees',
  'annual_revenue',
  'region',
  'last_verified_on',
  'contacts',
  'reachable_contact',
  'related_contacts',
  'decision_maker',
  'tags',
];
const CONTACT_FIELDS = ['name', 'position', 'phone', 'email', 'wechat', 'is_decision_maker', 'last_verified_on'];

const oneOf = (names: string[]) =>
  fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 2 }).map((chosen) => chosen.join('|'));
const axis = (values: string[]) => fc.option(fc.constantFrom(...values), { nil: null });
const text = fc.constantFrom(null, '', 'x');

const contact = fc.record({
  position: text,
  phone: text,
  email: text,
  wechat: text,
  is_decision_maker: fc.boolean(),
  last_verified_on: fc.constantFrom(null, '2026-01-01'),
  status: fc.constantFrom('active', 'active', 'archived'),
});

/** The same rule in memory and as a query must agree on every row: the form shows the one, the database keeps the other. */
describe.each(['sqlite', 'pg'] as const)('recount on %s', (db) => {
  let host: TestHost;
  let segments: string[];
  let owner: string;
  let region: string;
  let tag: string;

  beforeAll(async () => {
    host = await startHost({ db });
    const { database } = host;
    const { company } = await database('crm_segments').first('company');
    segments = [randomUUID(), randomUUID()];
    for (const [index, id] of segments.entries())
      await database('crm_segments').insert({ id, code: `r${index}`, name: `版块${index}`, company });
    owner = (await database('directus_users').first('id')).id;
    region = (await database('crm_regions').first('id')).id;
    tag = (await database('crm_tags').first('id')).id;
  });
  afterAll(() => host?.stop());

  const customer = () =>
    fc.record({
      name: fc.constantFrom('华东贸易有限公司', '华东'),
      class: fc.constantFrom(...CLASSES),
      kind: fc.constantFrom(...KINDS),
      segment: fc.constantFrom(...segments),
      status: fc.constantFrom('draft', 'active', 'archived', 'merged'),
      needs: text,
      uscc: text,
      employees: fc.constantFrom(null, 0, 5),
      annual_revenue: fc.constantFrom(null, 0, 1.5),
      region: fc.constantFrom(null, region),
      last_verified_on: fc.constantFrom(null, '2026-01-01'),
      contacts: fc.array(contact, { maxLength: 3 }),
      tagged: fc.boolean(),
    });

  const world = () =>
    fc.record({
      customers: fc.array(customer(), { minLength: 1, maxLength: 8 }),
      sets: fc.array(
        fc.record({
          class: axis(CLASSES),
          kind: axis(KINDS),
          segment: axis(segments),
          fields: fc.array(oneOf(FACTS), { maxLength: 3 }),
          contact_fields: fc.array(oneOf(CONTACT_FIELDS), { maxLength: 2 }),
        }),
        { maxLength: 4 },
      ),
      weights: fc.array(
        fc.record({ field: fc.constantFrom(...FACTS), weight: fc.integer({ min: 0, max: 100 }), segment: axis(segments) }),
        { maxLength: 6 },
      ),
    });

  type Example = typeof world extends () => fc.Arbitrary<infer Value> ? Value : never;

  async function plant(trx: Knex, { customers, sets, weights }: Example) {
    for (const table of ['crm_required_sets', 'crm_completeness_weights']) await trx(table).delete();
    const requiredSets: RequiredSet[] = sets.map((set) => ({ ...set, id: randomUUID() }));
    for (const set of requiredSets) {
      await trx('crm_required_sets').insert({
        ...set,
        fields: JSON.stringify(set.fields),
        contact_fields: JSON.stringify(set.contact_fields),
      });
    }
    // Two rows for one field: the later one counts, in memory and in SQL; rows are read in the order of field and id.
    const rows: Weight[] = [...new Map(weights.map((weight) => [`${weight.field}/${weight.segment}`, weight])).values()];
    for (const weight of rows) await trx('crm_completeness_weights').insert({ ...weight, id: randomUUID() });
    const planted = [];
    for (const { contacts, tagged, ...row } of customers) {
      const id = randomUUID();
      await trx('crm_customers').insert({ ...row, id, owner, completeness: 0 });
      for (const one of contacts)
        await trx('crm_contacts').insert({
          ...one,
          name: '甲',
          is_primary: false,
          id: randomUUID(),
          customer: id,
          segment: row.segment,
          owner,
        });
      if (tagged) await trx('crm_customers_tags').insert({ id: randomUUID(), customer: id, tag, segment: row.segment, owner });
      planted.push({ row: { ...row, id }, contacts: contacts.map((one) => ({ ...one, name: '甲' })), tags: tagged ? 1 : 0 });
    }
    return { planted, requiredSets, weights: rows };
  }

  test('CUS-5, Q19: completeness and status by query equal the rules, row by row', async () => {
    await fc.assert(
      fc.asyncProperty(world(), fc.boolean(), async (example, demote) => {
        const trx = await host.database.transaction();
        try {
          const { planted, requiredSets, weights } = await plant(trx, example);
          await recountCompleteness(trx, { customers: planted.map(({ row }) => row.id) }, { demote });
          for (const { row, contacts, tags } of planted) {
            const stored = await trx('crm_customers').where({ id: row.id }).first('status', 'completeness', 'missing');
            const { status: decided, missing } = decideStatus({
              customer: row,
              contacts,
              tags,
              requirement: requirementFor(requiredSets, row),
            });
            const kept = ['archived', 'merged'].includes(row.status) || (row.status === 'active' && !demote);
            expect(stored).toMatchObject({
              status: kept ? row.status : decided,
              completeness: computeCompleteness(weightsFor(weights, row), row, contacts, tags),
            });
            expect(toList(stored.missing)).toEqual(!kept && decided === 'draft' ? toMissingWords(missing) : []);
          }
          expect(await recountCompleteness(trx, { customers: planted.map(({ row }) => row.id) }, { demote })).toBe(0);
        } finally {
          await trx.rollback();
        }
      }),
      { numRuns: 200 },
    );
  });

  test('CUS-6: the hint on the name is recounted for everybody, in chunks', async () => {
    const trx = await host.database.transaction();
    try {
      const rows = Array.from({ length: 2100 }, (_, index) => ({
        id: randomUUID(),
        name: index % 2 ? `华东${index}` : `华东${index}贸易有限公司`,
        segment: segments[0],
        status: 'archived',
        owner,
      }));
      await trx.batchInsert('crm_customers', rows, 50);
      await recountCompleteness(trx);
      const hinted = await trx('crm_customers').where({ name_hint: 'not_legal_name' }).count({ n: '*' }).first();
      expect(Number(hinted!['n'])).toBe(1050);
      expect(await recountCompleteness(trx)).toBe(0);
    } finally {
      await trx.rollback();
    }
  });
});
