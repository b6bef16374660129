import { createHash } from 'node:crypto';
import { advance } from '../../extensions/crm/src/pipeline/leads/rules/lead-status.ts';
import { describe, expect, it } from 'vitest';
import { readCreditCode } from '../../extensions/crm/src/kernel/text/credit-code.ts';
import { readEmail } from '../../extensions/crm/src/kernel/text/email.ts';
import { toLegalName } from '../../extensions/crm/src/kernel/text/legal-name.ts';
import { readPhone } from '../../extensions/crm/src/kernel/text/phone.ts';
import { customers, idMap, judge, plan, reference, rowsOf, TODAY, type Row } from '../../tests/harness/planned-demo.ts';
import { planDemo } from './plan/index.ts';
import { isWorkingDay } from './workdays.ts';

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

describe('the demo group is the same on every machine', () => {
  it('gives the same rows for the same day, byte for byte', () => {
    expect(hash([...planDemo(TODAY, reference, judge).rows])).toBe(hash([...plan.rows]));
  }, 60_000);

  it('keeps ids and names when the day changes', () => {
    const later = planDemo('2027-03-08', reference, judge).rows.get('crm_customers') as unknown as Row[];
    expect(later.slice(0, 50).map(({ id, name }) => [id, name])).toEqual(customers.slice(0, 50).map(({ id, name }) => [id, name]));
  }, 60_000);

  it('never uses an id twice', () => {
    const ids = [...plan.rows.values()].flatMap((rows) => rows.map((row) => row['id']));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('ORG-1: 8 companies, 10 segments, one pool, every log-in of the contract', () => {
  it('has the numbers that contract.md names', () => {
    expect(rowsOf('crm_companies')).toHaveLength(8);
    expect(rowsOf('crm_segments').map(({ code }) => code)).toEqual([
      's00',
      's01',
      's02',
      's03',
      's04',
      's05',
      's06',
      's07',
      's08',
      's09',
      's10',
    ]);
    expect(new Set(rowsOf('crm_segments').map(({ company }) => company)).size).toBe(8);
    const least = { crm_customers: 2000, crm_contacts: 4000, crm_leads: 3000, crm_opportunities: 1500, crm_activities: 15_000 };
    for (const [collection, count] of Object.entries(least)) expect(rowsOf(collection).length, collection).toBeGreaterThanOrEqual(count);
  });

  it('lets exactly the named people log in, and adds people who cannot', () => {
    const named = ['sysadmin1', 'sysadmin2', 'exec1', 'exec2'];
    for (let number = 1; number <= 10; number += 1) {
      const code = `s${String(number).padStart(2, '0')}`;
      named.push(`head.${code}`, `segadmin.${code}`, `rep1.${code}`, `rep2.${code}`, `rep3.${code}`);
    }
    const active = plan.staff.filter(({ status }) => status === 'active').map(({ email }) => email);
    expect(active.sort()).toEqual(named.map((login) => `${login}@example.com`).sort());
    expect(plan.staff.length - active.length).toBeGreaterThanOrEqual(5);
  });

  it('Q18: head.s09 also manages s10, its own segment is marked as home', () => {
    const head = plan.staff.find(({ email }) => email === 'head.s09@example.com');
    const managed = rowsOf('crm_user_segments').filter(({ crm_user }) => crm_user === head?.id) as unknown as { is_home: boolean }[];
    expect(head?.managed).toEqual(['s09', 's10']);
    expect(managed.map(({ is_home }) => is_home)).toEqual([true, false]);
  });

  it('gives every rep who can log in active customers', () => {
    const reps = plan.staff.filter(({ role, status }) => role === 'sales_rep' && status === 'active');
    for (const rep of reps) {
      expect(customers.filter(({ owner, status }) => owner === rep.id && status === 'active').length, rep.email).toBeGreaterThan(10);
    }
  });
});

describe('CUS-6, CUS-7: every value is as the write path would have stored it', () => {
  it.each([
    ['credit codes', () => customers.map(({ uscc }) => uscc), readCreditCode],
    ['phones', () => [...customers, ...rowsOf('crm_contacts'), ...rowsOf('crm_leads')].map(({ phone }) => phone), readPhone],
    ['mails', () => [...rowsOf('crm_contacts'), ...rowsOf('crm_leads')].map(({ email }) => email), readEmail],
  ] as const)('%s', (_name, values, read) => {
    const given = values().filter((value) => value !== null && value !== undefined) as string[];
    expect(given.length).toBeGreaterThan(1000);
    expect(
      given.filter((value) => {
        const reading = read(value);
        return !reading.ok || reading.value !== value;
      }),
    ).toEqual([]);
  });

  it('names are legal names, regions and industries are known', () => {
    expect(customers.filter(({ name }) => toLegalName(name as string) !== name).map(({ name }) => name)).toEqual([]);
    const known = new Set([...reference.regions.values(), ...reference.industries.values()]);
    for (const field of ['region', 'industry'])
      expect(customers.filter((row) => row[field] && !known.has(row[field] as string))).toEqual([]);
    expect(customers.filter(({ region }) => region).length).toBeGreaterThan(1500);
  });

  it('Q19: a customer is a draft exactly when something required is missing, and says what', () => {
    const contacts = Map.groupBy(rowsOf('crm_contacts'), ({ customer }) => customer);
    const tagged = Map.groupBy(rowsOf('crm_customers_tags'), ({ customer }) => customer);
    const state = (row: Row) => {
      const own = [contacts.get(row['id']) ?? [], tagged.get(row['id'])?.length ?? 0] as const;
      const { status, missing } = judge(row as never, own[0] as never, own[1]);
      return { id: row['id'], status, missing: status === 'draft' ? missing : null };
    };
    const living = customers.filter(({ status }) => status === 'draft' || status === 'active');
    expect(living.map(({ id, status, missing }) => ({ id, status, missing }))).toEqual(living.map(state));
    expect(living.filter(({ status }) => status === 'active').length).toBeGreaterThan(1500);
    expect(living.filter(({ status }) => status === 'draft').length).toBeGreaterThan(100);
  });

  it('CUS-4: important customers of every kind are there, active and with their history', () => {
    const important = customers.filter((row) => row['class'] === 'key' && row['status'] === 'active');
    expect([...new Set(important.map(({ kind }) => kind))].sort()).toEqual(['company', 'foreign', 'institution', 'person', 'sole_trader']);
    expect(important.filter((row) => !row['cooperation_history'])).toEqual([]);
  });
});

describe('design.md 2: one tree has one segment and one owner', () => {
  const parents: [string, string, string][] = [
    ['crm_contacts', 'customer', 'crm_customers'],
    ['crm_customers_tags', 'customer', 'crm_customers'],
    ['crm_leads', 'customer', 'crm_customers'],
    ['crm_opportunities', 'customer', 'crm_customers'],
    ['crm_stage_changes', 'opportunity', 'crm_opportunities'],
    ['crm_activities', 'customer', 'crm_customers'],
    ['crm_activities', 'opportunity', 'crm_opportunities'],
    ['crm_activities', 'lead', 'crm_leads'],
    ['crm_orders', 'opportunity', 'crm_opportunities'],
    ['crm_order_lines', 'order', 'crm_orders'],
    ['crm_contracts', 'opportunity', 'crm_opportunities'],
    ['crm_attachments', 'customer', 'crm_customers'],
    ['crm_attachments', 'contract', 'crm_contracts'],
    ['crm_customers', 'parent', 'crm_customers'],
  ];
  it.each(parents)('%s.%s', (collection, field, target) => {
    const above = idMap(target);
    const linked = rowsOf(collection).filter((row) => row[field]);
    expect(linked.length).toBeGreaterThan(0);
    const crossed = linked.filter(
      (row) =>
        above.get(row[field] as string)?.['segment'] !== row['segment'] || above.get(row[field] as string)?.['owner'] !== row['owner'],
    );
    expect(crossed).toEqual([]);
  });
});

describe('SAL-2, SAL-3, SAL-7: the histories hold together', () => {
  const stageOf = (key: string) => reference.stages.get(key);
  const opportunities = rowsOf('crm_opportunities');

  it('the last change of an opportunity leads to its stage, and no change lies in the future', () => {
    const changes = Map.groupBy(rowsOf('crm_stage_changes'), ({ opportunity }) => opportunity);
    for (const opportunity of opportunities) {
      const own = changes.get(opportunity['id']) as Row[];
      const moments = own.map(({ changed_at }) => changed_at as string);
      expect(moments).toEqual([...moments].sort());
      expect(own.at(-1)?.['to_stage']).toBe(opportunity['stage']);
      expect((moments.at(-1) as string) < '2026-11-22').toBe(true);
    }
  });

  it('won ones have a signed order or contract, lost ones a reason, later ones an active customer', () => {
    const signed = new Set(
      [...rowsOf('crm_orders'), ...rowsOf('crm_contracts')].filter(({ signed_on }) => signed_on).map(({ opportunity }) => opportunity),
    );
    const owner = idMap('crm_customers');
    expect(opportunities.filter(({ stage, id }) => stage === stageOf('won') && !signed.has(id as string))).toEqual([]);
    expect(opportunities.filter(({ stage, lost_reason }) => stage === stageOf('lost') && !lost_reason)).toEqual([]);
    expect(
      opportunities.filter(
        ({ stage, customer }) => stage !== stageOf('initial_contact') && owner.get(customer as string)?.['status'] !== 'active',
      ),
    ).toEqual([]);
  });

  it('USE-3: work is done on working days, some customers are stale, last_activity_at is the newest of it', () => {
    const done = rowsOf('crm_activities').filter(({ done_at }) => done_at);
    expect(done.filter(({ done_at }) => !isWorkingDay((done_at as string).slice(0, 10)))).toEqual([]);
    const newest = new Map<string, string>();
    for (const row of done)
      if (row['customer'])
        newest.set(row['customer'] as string, [newest.get(row['customer'] as string) ?? '', row['done_at'] as string].sort()[1] as string);
    for (const customer of customers) {
      const own = newest.get(customer['id'] as string);
      if (own) expect((customer['last_activity_at'] as string) >= own).toBe(true);
    }
    const stale = customers.filter(
      ({ status, last_activity_at }) => status === 'active' && (!last_activity_at || (last_activity_at as string) < '2026-10-23'),
    );
    expect(stale.length).toBeGreaterThan(100);
  });

  it('Q21: leads wait in the pool and in the segments without an owner', () => {
    const waiting = rowsOf('crm_leads').filter(({ owner }) => !owner);
    expect(waiting.length).toBeGreaterThan(300);
    expect(waiting.every(({ status }) => status === 'new' || status === 'qualified')).toBe(true);
  });

  it('SAL-1, SAL-9: every lead stands where the server would have left it, in every status', () => {
    const leads = rowsOf('crm_leads');
    expect(new Set(leads.map(({ status }) => status)).size).toBe(6);
    const counts = Map.groupBy(leads, ({ status }) => status);
    for (const [status, rows] of counts) expect(rows.length, String(status)).toBeGreaterThan(50);
    expect(leads.filter((lead) => advance(lead as never) !== lead['status'])).toEqual([]);
    expect(leads.filter(({ settled, status, owner }) => settled !== `${String(status)}:${String(owner ?? '')}`)).toEqual([]);
    expect(leads.filter(({ status, allocated_at }) => status === 'allocated' && !allocated_at)).toEqual([]);
    expect(leads.filter(({ status, converted_at, customer }) => (status === 'converted') !== Boolean(converted_at && customer))).toEqual(
      [],
    );
    const pool = rowsOf('crm_segments').find((row) => row['is_group_pool'])?.['id'];
    const routable = (row: Row) => row['source'] === 'company' && !row['owner'] && row['grade'] && row['segment'] !== pool;
    expect(leads.filter(routable)).toEqual([]);
  });

  it('SAL-9: every segment has three people for its regions, and one of them for all others', () => {
    const routes = Map.groupBy(rowsOf('crm_lead_routes'), ({ segment }) => segment);
    expect(routes.size).toBe(10);
    for (const rows of routes.values()) {
      expect(new Set(rows.map(({ user }) => user)).size).toBe(3);
      expect(rows.filter(({ region }) => region === null)).toHaveLength(1);
    }
  });
});
