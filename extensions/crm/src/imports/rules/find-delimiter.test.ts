import { describe, expect, test } from 'vitest';
import { findDelimiter } from './find-delimiter.ts';

describe('IMP-2: the separator of a text table', () => {
  test.each([
    ['commas', '客户名称,电话,地址\n北京,1,2\n', ','],
    ['tabs, with commas in the addresses', '名称\t地址\nA\tx, y, z\nB\tx, y, z\n', '\t'],
    ['semicolons, with decimal commas', 'name;amount\nA;1,5\nB;2,5\n', ';'],
    ['commas within quotes do not count', 'name;note\nA;"1,2,3"\nB;"4,5,6"\n', ';'],
    ['line ends within quotes do not end the row', 'a|b\n"x\n,,,\n,,,"|2\n3|4\n', '|'],
    ['full-width commas', '名称，电话\n北京，1\n', '，'],
    ['full-width commas within names', '名称,电话\n北京，上海,1\n广州，深圳,2\n', ','],
    ['a title above the table', '客户清单\n\n名称;电话;地址\nA;1;2\nB;1;2\n', ';'],
    ['one column', '客户名称\n北京\n', ','],
    ['nothing', '', ','],
  ])('%s', (_name, sample, delimiter) => {
    expect(findDelimiter(sample)).toEqual({ delimiter, declared: false });
  });

  test('a declared separator decides', () => {
    expect(findDelimiter('sep=;\r\na,b\n1,2\n')).toEqual({ delimiter: ';', declared: true });
    expect(findDelimiter('SEP=\t\na,b\n')).toEqual({ delimiter: '\t', declared: true });
    expect(findDelimiter('sep=x\na,b\n1,2\n')).toEqual({ delimiter: ',', declared: false });
  });
});
