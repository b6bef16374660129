import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellNumber } from './cell-number.ts';
import { builtInShape, shapeOfCode, type NumberShape } from './number-format.ts';
import { readSerialDate } from './serial-date.ts';

const NUMBER: NumberShape = { kind: 'number' };
const DAY: NumberShape = { kind: 'date', day: true, time: false };
const MOMENT: NumberShape = { kind: 'date', day: true, time: true };

describe('F31: numbers of a spreadsheet as a person means them', () => {
  test.each([
    ['13800138000', NUMBER, '13800138000'],
    ['1.3800138E10', NUMBER, '13800138000'],
    ['0.30000000000000004', NUMBER, '0.3'],
    ['1.0000000000000001E-7', NUMBER, '0.0000001'],
    ['-5', NUMBER, '-5'],
    ['10020', { kind: 'zeros', width: 6 }, '010020'],
    ['0.15', { kind: 'percent' }, '15%'],
    ['0.285', { kind: 'percent' }, '28.5%'],
    ['999999999999999', NUMBER, '999999999999999'],
    ['45658', DAY, '2025-01-01'],
    ['45658.999999', MOMENT, '2025-01-02 00:00:00'],
    ['45658.75', MOMENT, '2025-01-01 18:00:00'],
    ['45658.75', DAY, '2025-01-01'],
    ['0.5', { kind: 'date', day: false, time: true }, '12:00:00'],
  ] as const)('%s as %j is %s', (raw, shape, text) => {
    expect(cellNumber(raw, shape, false)).toEqual({ text });
  });

  test.each([
    ['1000000000000000', NUMBER, 'rounded_number'],
    ['9.1350100000000006E+17', NUMBER, 'rounded_number'],
    ['60', DAY, 'no_such_date'],
    ['-1', DAY, 'no_such_date'],
    ['2958466', DAY, 'no_such_date'],
    ['1E400', NUMBER, 'formula_error'],
    ['', NUMBER, 'formula_error'],
  ] as const)('%s as %j is a fault: %s', (raw, shape, reason) => {
    expect(cellNumber(raw, shape, false).fault?.reason).toBe(reason);
  });

  test('every day of both calendars is the day after the one before', () => {
    expect(readSerialDate(1, false)?.day).toBe('1900-01-01');
    expect(readSerialDate(59, false)?.day).toBe('1900-02-28');
    expect(readSerialDate(61, false)?.day).toBe('1900-03-01');
    expect(readSerialDate(0, true)?.day).toBe('1904-01-01');
    expect(readSerialDate(2_958_465, false)?.day).toBe('9999-12-31');
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 2_958_464 }), (serial) => {
        const [today, next] = [readSerialDate(serial, false)!, readSerialDate(serial + 1, false)!];
        expect(Date.parse(next.day) - Date.parse(today.day)).toBe(86_400_000);
        if (serial >= 1462) expect(readSerialDate(serial - 1462, true)).toEqual(today);
      }),
    );
  });
});

describe('F31, IMP-1: a number that a format shows with words is the number that a person reads', () => {
  test.each([
    ['"HT-2026-"000', '12', 'HT-2026-012'],
    ['"HT-2026-"000', '12345', 'HT-2026-12345'],
    ['00-00-0', '12345', '12-34-5'],
    ['00-00-0', '45', '00-04-5'],
    ['000\\-0000\\-0000', '13800138000', '138-0013-8000'],
    ['#,##0"万元"', '30', '30万元'],
    ['#,##0.00"元";-#,##0.00"元"', '-1.5', '-1.5元'],
    ['0"%"', '30', '30%'],
    ['[$$-409]#,##0', '30', '$30'],
    ['+0', '8613800138000', '+8613800138000'],
    ['0000', '12', '0012'],
  ])('%s of %s is %s', (code, raw, text) => {
    expect(cellNumber(raw, shapeOfCode(code), false)).toEqual({ text });
  });

  test.each([
    ['0.0,"K"', '12000'],
    ['0!.0,"万"', '12000'],
    ['00-00', '-5'],
    ['"HT-"000', '1.5'],
  ])('%s of %s says something else than it shows', (code, raw) => {
    expect(cellNumber(raw, shapeOfCode(code), false).fault?.reason).toBe('shown_otherwise');
  });
});

describe('F31: number formats', () => {
  test.each([
    ['General', 'number'],
    ['G/通用格式', 'number'],
    ['0.00E+00', 'number'],
    ['#,##0.00', 'number'],
    ['"¥"#,##0.00;[Red]-"¥"#,##0.00', 'number'],
    ['_ * #,##0_ ;', 'number'],
    ['0_);[Red](0)', 'number'],
    ['@', 'number'],
    ['0', 'number'],
    ['"day" 0', 'dressed'],
    ['_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ', 'number'],
    ['[$¥-804]#,##0.00', 'number'],
    ['#,##0"万元/年"', 'dressed'],
    ['[$-804]General', 'number'],
    ['# ?/?', 'number'],
    ['#,##0_);(#,##0)', 'number'],
    ['[>=0]0;[Red]-0', 'number'],
    ['0,', 'other'],
    ['0.0,,"M"', 'other'],
    ['0!.0,"万"', 'other'],
    ['[>=10000]0"万";0', 'other'],
    ['###-####', 'other'],
    ['"有"', 'other'],
    ['0%', 'percent'],
    ['000000', 'zeros'],
    ['yyyy/m/d', 'date'],
    ['yyyy"年"m"月"d"日";@', 'date'],
    ['[$-804]yyyy"年"m"月"', 'date'],
    ['[DBNum1][$-804]m"月"d"日"', 'date'],
    ['mmm-yy', 'date'],
    ['[h]:mm', 'date'],
    ['上午/下午h"时"mm"分"', 'date'],
  ])('%s is a %s', (code, kind) => {
    expect(shapeOfCode(code).kind).toBe(kind);
  });

  test('a date and a time of day are told apart, minutes and months too', () => {
    expect(shapeOfCode('m/d')).toEqual(DAY);
    expect(shapeOfCode('h:mm')).toEqual({ kind: 'date', day: false, time: true });
    expect(shapeOfCode('yyyy-mm-dd hh:mm:ss')).toEqual(MOMENT);
    expect(builtInShape(14)).toEqual(DAY);
    expect(builtInShape(22)).toEqual(MOMENT);
    expect(builtInShape(31)).toEqual(DAY);
    expect(builtInShape(58)).toEqual(DAY);
    expect(builtInShape(1)).toEqual(NUMBER);
  });
});
