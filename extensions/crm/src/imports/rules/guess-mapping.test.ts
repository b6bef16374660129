import { describe, expect, test } from 'vitest';
import { fieldWords } from '../../../../../schema-snapshots/words.ts';
import { COLLECTIONS } from '../../kernel/collections.ts';
import { guessMapping, refusedColumns, type ColumnPlan } from './guess-mapping.ts';
import { readHeader } from './read-header.ts';
import { IMPORT_KINDS, TARGETS, type ImportKind } from './targets.ts';

const words = fieldWords();
const targetsOf = (kind: ImportKind, ...headers: string[]) =>
  guessMapping(kind, headers, words).map((plan) => ('target' in plan ? plan.target : `(${plan.ignored})`));

describe('IMP-2: columns find their fields by their headings', () => {
  test.each([
    [
      'a Chinese table',
      'customers',
      ['客户名称', '统一社会信用代码', '联系人', '手机', '电话', '所属行业', '客户等级', '业务员'],
      ['name', 'uscc', 'contact.name', 'contact.phone', 'phone', 'industry', 'grade', 'owner'],
    ],
    [
      'an English table',
      'customers',
      ['Company Name', 'Credit code', 'Contact person', 'Mobile', 'E-mail', 'Industry', 'Annual revenue', 'Owner'],
      ['name', 'uscc', 'contact.name', 'contact.phone', 'contact.email', 'industry', 'annual_revenue', 'owner'],
    ],
    [
      'marks, spaces and full-width letters',
      'customers',
      ['*客户名称（必填）', ' 邮 编 ', '网站：', '联系人／职务', 'ＷｅＣｈａｔ'],
      ['name', 'postcode', 'website', 'contact.position', 'contact.wechat'],
    ],
    ["a mobile without a contact is the customer's", 'customers', ['单位名称', '手机号码'], ['name', 'phone']],
    [
      'contacts',
      'contacts',
      ['公司', '姓名', '职位', '电话', '邮箱', '决策人', '主要联系人'],
      ['customer', 'name', 'position', 'phone', 'email', 'is_decision_maker', 'is_primary'],
    ],
    [
      'leads',
      'leads',
      ['线索主题', '公司名称', '联系人', '电话', '需求', '线索来源'],
      ['title', 'company_name', 'contact_name', 'phone', 'needs', 'source'],
    ],
    [
      'activities',
      'activities',
      ['客户', '跟进方式', '主题', '跟进内容', '拜访日期', '计划日期', '优先级'],
      ['customer', 'type', 'subject', 'notes', 'done_at', 'due_on', 'priority'],
    ],
    [
      'orders',
      'orders',
      ['订单号', '客户名称', '合同金额', '签订日期', '状态', '备注'],
      ['number', 'customer', 'amount', 'signed_on', 'status', 'notes'],
    ],
    [
      'names of fields',
      'customers',
      ['name', 'annual_revenue', 'contact.phone', 'contact phone'],
      ['name', 'annual_revenue', '(not_a_field)', 'phone'],
    ],
  ] as const)('%s', (_name, kind, headers, targets) => {
    expect(targetsOf(kind, ...headers)).toEqual(targets);
  });

  test('every label of the form is a heading, in both languages', () => {
    for (const kind of IMPORT_KINDS) {
      for (const { key, collection, field } of TARGETS[kind]) {
        const label = words.get(`${collection}.${field}`)!.label;
        const isContact = key.startsWith('contact.');
        const [plan] = guessMapping(kind, [isContact ? `联系人${label.zh}` : label.zh], words);
        if (key !== 'tags' && key !== 'contact.phone') expect([kind, plan]).toMatchObject([kind, { target: key }]);
        if (!isContact && key !== 'tags') expect([kind, guessMapping(kind, [label.en], words)[0]]).toMatchObject([kind, { target: key }]);
      }
    }
  });

  test('every target is a field that a person may fill in', () => {
    for (const { collection, field } of Object.values(TARGETS).flat()) {
      const info = COLLECTIONS[collection]?.fields[field];
      expect([collection, field, info && !info.computed && !info.secret]).toEqual([collection, field, true]);
      expect(['id', 'segment']).not.toContain(field);
    }
  });

  test('the second column for a field is left out and names the first', () => {
    const plan = guessMapping('customers', ['客户名称', '公司名称'], words);
    expect(plan[1]).toEqual({ column: 1, header: '公司名称', ignored: 'twice', other: 0 });
  });

  test('what the user said before wins over the guess, and leaving out is said too', () => {
    const choices = new Map([
      ['甲方', 'name'],
      ['电话', 'contact.phone'],
      ['备注', null],
      ['网站', 'no.such.target'],
    ]);
    expect(
      guessMapping('customers', ['甲方', '电话', '备注', '网站'], words, choices).map((plan) =>
        'target' in plan ? plan.target : plan.ignored,
      ),
    ).toEqual(['name', 'contact.phone', 'chosen', 'website']);
  });
});

describe('F7, F28, F32: headings that reach further than a column may', () => {
  test.each([
    'owner.role',
    '__proto__',
    'a[99999999]',
    'constructor',
    'prototype',
    'constructor.prototype',
    'owner:role',
    '$FOLLOW(x,y)',
    '{"a":1}',
    'toString',
    'hasOwnProperty',
    'ｏｗｎｅｒ．ｒｏｌｅ',
    '_or',
    'crm_contacts.phone',
  ])('%s is ignored and reported as no field', (header) => {
    const [plan] = guessMapping('customers', [header], words);
    expect(plan).toMatchObject({ ignored: 'not_a_field' });
  });

  test.each(['id', 'phone_sealed', 'phone_index', 'date_created', 'user_created', 'completeness', 'missing', '创建人'])(
    '%s is kept by the server',
    (header) => {
      expect(guessMapping('customers', [header], words)[0]).toMatchObject({ ignored: 'kept_by_server' });
    },
  );

  test.each(['status', 'owner_id', '完全不认识', 'valueX'])('%s is unknown', (header) => {
    expect(guessMapping('customers', [header], words)[0]).toMatchObject({ ignored: 'unknown' });
  });

  test('a column for the segment is refused until somebody says to leave it out, whatever was remembered', () => {
    for (const header of ['版块', '所属板块', 'Segment', 'crm_segment', ' 版 块*', '版块（代码）']) {
      const plan = guessMapping('customers', ['客户名称', header], words, new Map([[readHeader(header).shown, 'name']]));
      expect([header, plan[1]]).toMatchObject([header, { ignored: 'segment' }]);
      expect(refusedColumns(plan)).toEqual([plan[1]]);
      expect(refusedColumns(guessMapping('customers', [header], words, new Map([[readHeader(header).shown, null]])))).toEqual([]);
    }
  });

  test('nothing reaches the prototype of what we answer with', () => {
    guessMapping('customers', ['__proto__', 'constructor'], words, new Map([['__proto__', 'name']]));
    expect(({} as Record<string, unknown>)['name']).toBeUndefined();
  });
});

describe('IMP-1: the unit that a heading names', () => {
  const factorOf = (header: string): ColumnPlan => guessMapping('customers', [header], words)[0]!;
  test.each([
    ['年营业额', 1],
    ['年营业额（元）', 1],
    ['年营业额（万元）', 10_000],
    ['年营业额/万元', 10_000],
    ['年营业额(亿)', 100_000_000],
    ['Annual revenue (million)', 1_000_000],
    ['Annual revenue (mio)', 1_000_000],
    ['Annual revenue (M)', 1_000_000],
    ['Annual revenue (K)', 1000],
    ["Annual revenue (RMB '000)", 1000],
    ['Annual revenue million', 1_000_000],
    ['年营业额（千）', 1000],
    ['年营业额（百元）', 100],
    ['年营业额（十万元）', 100_000],
    ['年营业额（千万元）', 10_000_000],
    ['年营业额（十亿元）', 1_000_000_000],
    ['年营业额（单位：万元）', 10_000],
    ['年营业额（万元/年）', 10_000],
    ['年营业额【人民币万元】（必填）', 10_000],
    ['年营业额（2025年）（万元）', 10_000],
    ['年营业额（annual_revenue）', 1],
  ])('%s', (header, factor) => {
    const plan = factorOf(header);
    expect(plan).toMatchObject({ target: 'annual_revenue', factor });
  });

  test('of a unit that nobody knows no amount is made', () => {
    for (const header of ['年营业额（垓）', 'Annual revenue (lakh)', '年营业额（万/千）', '年营业额（万元）（约等于吨）'])
      expect([header, factorOf(header)]).toMatchObject([header, { ignored: 'unit' }]);
  });

  test('a number of people has a unit too', () => {
    expect(factorOf('员工人数（万）')).toMatchObject({ target: 'employees', factor: 10_000 });
    expect(factorOf('员工人数（千人）')).toMatchObject({ target: 'employees', factor: 1000 });
    expect(factorOf('员工人数（人）')).toMatchObject({ target: 'employees', factor: 1 });
  });

  test('money of another country is no amount in yuan', () => {
    expect(factorOf('年营业额（美元）')).toMatchObject({ ignored: 'currency' });
    expect(factorOf('Annual revenue (USD)')).toMatchObject({ ignored: 'currency' });
    expect(guessMapping('customers', ['客户名称（万科）'], words)[0]).toMatchObject({ target: 'name', factor: 1 });
  });
});

test('IMP-2: two columns with one heading, or none, are told apart by their number', () => {
  const of = (headers: string[], choices: [string, string | null][], byColumn: [number, string | null][]) =>
    guessMapping('customers', headers, words, new Map(choices), new Map(byColumn)).map((plan) =>
      'target' in plan ? plan.target : plan.ignored,
    );
  expect(of(['客户名称', '电话', '电话'], [], [[1, null]])).toEqual(['name', 'chosen', 'phone']);
  expect(of(['客户名称', '电话', '电话'], [['电话', 'phone']], [[2, 'phone']])).toEqual(['name', 'twice', 'phone']);
  expect(of(['客户名称', '电话', '电话'], [], [[1, 'contact.phone']])).toEqual(['name', 'contact.phone', 'phone']);
  expect(of(['客户名称', ''], [], [[1, 'address']])).toEqual(['name', 'address']);
});

test('F28: words with dots are a column only where somebody says which, and never the segment', () => {
  const of = (header: string, target?: string) =>
    guessMapping('customers', [header], words, new Map(target ? [[header, target]] : [])).map((plan) =>
      'target' in plan ? plan.target : plan.ignored,
    )[0];
  expect([of('Cust.Name'), of('Cust.Name', 'name')]).toEqual(['not_a_field', 'name']);
  expect([of('owner.role'), of('segment.code', 'name'), of('crm.segment', 'name')]).toEqual(['not_a_field', 'segment', 'segment']);
  for (const header of ['constructor.prototype', '__proto__', 'a[9]', '$x', 'x.constructor'])
    expect(of(header, 'name')).toBe('not_a_field');
});

test('F28: a heading that is no name is a column where a person points at it, by the closed list; never by itself, never the segment', () => {
  const of = (header: string, target?: string) =>
    guessMapping('customers', [header], words, new Map(), new Map(target ? [[0, target]] : [])).map((plan) =>
      'target' in plan ? plan.target : plan.ignored,
    )[0];
  for (const header of ['Revenue [CNY]', 'Annual__c', '$ amount', '__proto__', 'owner.role', 'constructor', '{"a":1}']) {
    expect(of(header)).toBe('not_a_field');
    expect(of(header, 'annual_revenue')).toBe('annual_revenue');
  }
  const closed = TARGETS.customers.map(({ key }) => key);
  for (const none of ['owner.role', 'segment', 'id', '__proto__', 'constructor']) expect(closed).not.toContain(none);
  expect(of('crm.segment', 'name')).toBe('segment');
});

test('IMP-1: a long heading stays whole, so that it finds its field again', () => {
  const header = `年营业额${'（必填）'.repeat(30)}（万元）`;
  expect(guessMapping('customers', [header], words)[0]).toMatchObject({ target: 'annual_revenue', factor: 10_000 });
  const [plan] = guessMapping('customers', [header], words);
  expect(guessMapping('customers', [plan!.header], words)[0]).toMatchObject({ target: 'annual_revenue', factor: 10_000 });
});

test('IMP-2: what the user chose wins over a guess for an earlier column', () => {
  const plan = guessMapping('customers', ['公司名称', '抬头', '备用'], words, new Map([['抬头', 'name']]));
  expect(plan).toMatchObject([{ ignored: 'twice', other: 1 }, { target: 'name' }, { ignored: 'unknown' }]);
});
