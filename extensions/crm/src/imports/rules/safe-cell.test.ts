import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromSafeCell, toSafeCell, toSafeFileName, toSheetCell } from './safe-cell.ts';

const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '|', '%'];
const errors = ['#N/A', '#REF!', '#####', "'#DIV/0!", '#NAME? '];
const covers = ['', ' ', '\u00A0', '\uFEFF', '\u200B', '"', "'", '“', ' \u3000"', '\u0000', '\u2028', "''"];
/** Texts around everything that is dangerous, and whatever else there is. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom(...errors),
  fc
    .tuple(fc.array(fc.constantFrom(...covers, ...signs, "'"), { maxLength: 5 }), fc.string())
    .map(([parts, rest]) => parts.join('') + rest),
);

describe('F21: no exported cell is a formula', () => {
  test('whatever stands before the sign, the cell begins with an apostrophe', () => {
    for (const cover of covers) for (const sign of signs) expect(toSafeCell(`${cover}${sign}1+1`)).toBe(`'${cover}${sign}1+1`);
  });

  test('a safe cell never begins as a formula would, for any text', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const cell = toSafeCell(typed);
        expect(cell.replace(/^[\s\u00A0\uFEFF\u200B"]+/u, '')).not.toMatch(/^[=+\-@＝＋－＠]/u);
        expect(cell).not.toMatch(/^[\t\r\n]/u);
      }),
      { numRuns: 2000 },
    );
  });

  test('what was exported comes back as it was, and exporting it again changes nothing', () => {
    fc.assert(
      fc.property(text, (typed) => {
        expect(fromSafeCell(toSafeCell(typed))).toBe(typed);
        expect(toSafeCell(fromSafeCell(toSafeCell(typed)))).toBe(toSafeCell(typed));
      }),
      { numRuns: 5000 },
    );
  });

  test('a cell of a workbook comes back as it was, and only apostrophes of ours get one more', () => {
    fc.assert(
      fc.property(text, (typed) => {
        expect(fromSafeCell(toSheetCell(typed))).toBe(typed);
      }),
      { numRuns: 5000 },
    );
    expect(['=1+1', '+86 138', "'t Hof"].map(toSheetCell)).toEqual(['=1+1', '+86 138', "'t Hof"]);
    expect(toSheetCell("'=1+1")).toBe("''=1+1");
  });

  test('two texts never become one cell', () => {
    fc.assert(
      fc.property(text, text, (one, other) => one === other || toSafeCell(one) !== toSafeCell(other)),
      { numRuns: 2000 },
    );
  });

  test('what a spreadsheet shows for an error is a text where a person wrote it', () => {
    expect(errors.map(toSafeCell)).toEqual(["'#N/A", "'#REF!", "'#####", "''#DIV/0!", "'#NAME? "]);
    expect(errors.map((cell) => fromSafeCell(toSafeCell(cell)))).toEqual(errors);
  });

  test('ordinary texts stay as they are, and an apostrophe that belongs to a text is kept', () => {
    for (const plain of ['北京公司', "O'Brien", "'t Hof", '13800138000', 'a=b', '', '#1', '(1)']) {
      expect(toSafeCell(plain)).toBe(plain);
      expect(fromSafeCell(plain)).toBe(plain);
    }
    expect(fromSafeCell("'+85221234567")).toBe('+85221234567');
  });
});

test.each([
  ['客户 2026-11', '客户 2026-11.csv'],
  ['=cmd|calc', 'cmd_calc.csv'],
  ['../../etc/passwd', 'etc_passwd.csv'],
  ['a"; filename=x.exe\r\n', 'a__ filename_x.exe.csv'],
  ['\u202Egnp', 'gnp.csv'],
  ['...', 'export.csv'],
])('F21: a file called %j', (name, file) => {
  expect(toSafeFileName(name, 'csv')).toBe(file);
});
