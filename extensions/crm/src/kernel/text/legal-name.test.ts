import { describe, expect, it } from 'vitest';
import { isFullLegalName, toLegalName } from './legal-name.ts';

describe('CUS-6: an organisation has one spelling', () => {
  it.each([
    ['华东(上海)贸易有限公司', '华东（上海）贸易有限公司'],
    ['华东（上海）贸易有限公司', '华东（上海）贸易有限公司'],
    ['华东 （ 上海 ） 贸易 有限公司', '华东（上海）贸易有限公司'],
    ['　华东贸易有限公司　', '华东贸易有限公司'],
    ['ＡＢＣ科技有限公司', 'ABC科技有限公司'],
    ['ABC  科技 有限公司', 'ABC 科技有限公司'],
    ['Big  Blue   Trading Co., Ltd.', 'Big Blue Trading Co., Ltd.'],
    ['Siemens（China）Co., Ltd.', 'Siemens (China) Co., Ltd.'],
    ['华东\u200B贸易\uFEFF有限公司', '华东贸易有限公司'],
    ['䶮𠮷贸易有限公司', '䶮𠮷贸易有限公司'],
    ['上海甲，乙事务所', '上海甲，乙事务所'],
    ['甲：乙（上海）有限公司', '甲：乙（上海）有限公司'],
    ['Ａ＆Ｂ（中国）有限公司', 'A&B（中国）有限公司'],
    ['Siemens，Inc．', 'Siemens,Inc.'],
  ])('%s → %s', (typed, stored) => {
    expect(toLegalName(typed)).toBe(stored);
    expect(toLegalName(stored)).toBe(stored);
  });
});

describe('CUS-6, Q20: a name that is not a full legal name is noticed', () => {
  it.each([
    ['华东（上海）贸易有限公司', 'company', true],
    ['华东集团', 'company', true],
    ['华东贸易有限公司北京分公司', 'company', true],
    ['启明创投合伙企业（有限合伙）', 'company', true],
    ['华东', 'company', false],
    ['华东贸易', 'company', false],
    ['老王', 'company', false],
    ['Siemens AG', 'foreign', true],
    ['Acme Trading Co., Ltd.', 'company', true],
    ['Acme', 'company', false],
    ['上海市第一人民医院', 'institution', true],
    ['医院', 'institution', false],
    ['老王烧烤店', 'sole_trader', true],
    ['老王', 'sole_trader', false],
    ['王建国', 'person', true],
  ] as const)('%s as %s: %s', (name, kind, full) => {
    expect(isFullLegalName(name, kind)).toBe(full);
  });
});
