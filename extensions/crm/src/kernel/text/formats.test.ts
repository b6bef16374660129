import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDate, readMoment } from './date.ts';
import { toLegalName, toPersonName } from './legal-name.ts';
import { isBlank, toPlain, toProse, toTitle } from './plain.ts';
import { readPostcode } from './postcode.ts';
import { readWebsite } from './website.ts';

describe('DQ-6: short texts have one form', () => {
  it.each([
    ['　ＡＢＣ　１２３ ', 'ABC 123'],
    ['a\u0000b\u202Ec', 'abc'],
    ['e\u0301', 'é'],
    ['一\n二\t三', '一 二 三'],
    ['𠮷野家👨‍👩‍👧', '𠮷野家👨👩👧'],
    ['a \u200b b', 'a b'],
    ['e\u200b\u0301', 'é'],
    ['ａ\u0301', 'á'],
  ])('%j → %j', (typed, stored) => expect(toPlain(typed)).toBe(stored));

  it.each([
    [' \u3000\t\n', true],
    ['\u200b\u2060\ufeff', true],
    ['\u3164\u00ad\u2800\u034f', true],
    ['\u{e0041}\ufe0f', true],
    ['。', false],
    ['😀', false],
    ['葛\u{e0100}', false],
  ])('%j shows nothing: %s', (text, blank) => expect(isBlank(text)).toBe(blank));

  it.each([
    ['拜访：张总（重要），ＡＢＣ项目！', '拜访：张总（重要），ABC项目！'],
    ['Ｒ＆Ｄ　方案', 'R&D 方案'],
  ])('a title keeps Chinese punctuation: %s → %s', (typed, stored) => expect(toTitle(typed)).toBe(stored));

  it.each([
    ['张 三', '张三'],
    ['阿依古丽 · 买买提', '阿依古丽·买买提'],
    [' Anna  Berg ', 'Anna Berg'],
  ])('a person is written %s → %s', (typed, stored) => expect(toPersonName(typed)).toBe(stored));

  it.each(Object.entries({ toPlain, toTitle, toProse, toPersonName, toLegalName }))(
    '%s: what is stored is read as it is',
    (_name, read) => {
      const piece = fc.constantFrom(
        ' ',
        '\u200b',
        '\u3000',
        '\t',
        '\n',
        '(',
        '）',
        '【',
        '·',
        '，',
        '华',
        '東',
        'a',
        'Ｂ',
        'e',
        '\u0301',
        '１',
        '：',
        '\u0000',
      );
      fc.assert(
        fc.property(fc.oneof(fc.string({ unit: piece, maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 12 })), (text) => {
          const once = read(text);
          expect(read(once)).toBe(once);
        }),
        { numRuns: 2000 },
      );
    },
  );

  it('a longer text keeps its lines, its width and its emoji', () => {
    expect(toProse(' 第一行：ＯＫ\r\n第二行\u0000👨‍👩‍👧 ')).toBe('第一行：ＯＫ\n第二行👨‍👩‍👧');
  });
});

describe('CUS-7: postcodes', () => {
  it.each([
    ['100020', '100020'],
    ['１０００２０', '100020'],
    ['100 020', '100020'],
    ['SW1A 1AA', 'SW1A 1AA'],
    ['90210-1234', '90210-1234'],
  ])('%s → %s', (typed, stored) => expect(readPostcode(typed)).toEqual({ ok: true, value: stored }));
  it.each(['10002', '1000200', '邮编', ''])('%s is refused', (typed) =>
    expect(readPostcode(typed)).toEqual({ ok: false, reason: 'shape' }),
  );
});

describe('CUS-7: websites', () => {
  it.each([
    ['www.Example.com', 'https://www.example.com'],
    ['HTTP://Example.com/', 'http://example.com'],
    ['https://example.com/关于?a=1', 'https://example.com/关于?a=1'],
    ['example.com:8080/x', 'https://example.com:8080/x'],
    ['https://例子.中国', 'https://例子.中国'],
    ['www。example。com', 'https://www.example.com'],
    ['192.168.1.20:8080/login', 'https://192.168.1.20:8080/login'],
    ['http://[2001:db8::1]:80/', 'http://[2001:db8::1]:80'],
    ['https://xn--fsqu00a.xn--fiqs8s', 'https://xn--fsqu00a.xn--fiqs8s'],
    ['example.com:65535', 'https://example.com:65535'],
  ])('%s → %s', (typed, stored) => expect(readWebsite(typed)).toEqual({ ok: true, value: stored }));
  it.each([
    ['javascript:alert(1)', 'scheme'],
    ['ftp://example.com', 'scheme'],
    ['没有网站', 'shape'],
    ['http://', 'shape'],
    ['https://user:pass@example.com', 'shape'],
    ['example.com:65536', 'shape'],
    ['https://example.com:0', 'shape'],
    ['300.1.1.1', 'shape'],
    ['http://[1:2]', 'shape'],
    ['localhost', 'shape'],
  ])('%s is refused: %s', (typed, reason) => expect(readWebsite(typed)).toEqual({ ok: false, reason }));
});

describe('GB/T 7408: dates', () => {
  it.each([
    ['2026-11-21', '2026-11-21'],
    ['2026/1/5', '2026-01-05'],
    ['2026年1月5日', '2026-01-05'],
    ['20260105', '2026-01-05'],
    ['2024-02-29', '2024-02-29'],
    ['2026-01-05T00:00:00', '2026-01-05'],
  ])('%s → %s', (typed, stored) => expect(readDate(typed)).toEqual({ ok: true, value: stored }));
  it.each([
    ['2026-02-29', 'no_such_day'],
    ['2026-13-01', 'no_such_day'],
    ['0026-01-01', 'range'],
    ['tomorrow', 'shape'],
    ['05.01.2026', 'shape'],
  ])('%s is refused: %s', (typed, reason) => expect(readDate(typed)).toEqual({ ok: false, reason }));
});

describe('moments', () => {
  const latest = new Date('2026-11-23T08:00:00Z');
  it.each([
    ['2026-11-22T08:00:00Z', undefined],
    ['2026-11-23T08:00:00+08:00', undefined],
    ['2026-11-23T08:00:01Z', 'not_yet'],
    ['9999-01-01T00:00:00Z', 'range'],
    ['0001-01-01T00:00:00Z', 'range'],
    ['never', 'range'],
  ])('SAL-14: what was done at %s is refused: %s', (typed, reason) => {
    expect(readMoment(typed, latest)).toEqual(reason ? { ok: false, reason } : { ok: true, value: typed });
  });
});
