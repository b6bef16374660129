import { describe, expect, test } from 'vitest';
import { surveyEncoding } from './survey-encoding.ts';

const utf8 = (text: string) => Buffer.from(text, 'utf8');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
/** The bytes of GB18030, written out: there is no encoder in Node. */
const GB: Record<string, string> = {
  客: 'bfcd',
  户: 'bba7',
  名: 'c3fb',
  称: 'b3c6',
  北: 'b1b1',
  京: 'bea9',
  中: 'd6d0',
  文: 'cec4',
  联: 'c1aa',
  通: 'cda8',
  䶮: 'fe9f',
  𠀀: '95328236',
  '€': '80',
};
const gb = (text: string) => Buffer.concat([...text].map((char) => (GB[char] ? Buffer.from(GB[char], 'hex') : utf8(char))));
const join = (...parts: Buffer[]) => Buffer.concat(parts);

function survey(bytes: Uint8Array, size = 7) {
  const work = surveyEncoding();
  for (let at = 0; at < bytes.length; at += size) work.write(bytes.subarray(at, at + size));
  return work.end();
}

describe('IMP-2, F31: the encoding of a text table', () => {
  test.each([
    ['plain letters', utf8('name,phone\r\nA,1\r\n'), { encoding: 'utf-8', bom: false, certain: true }],
    ['UTF-8 with Chinese', utf8('客户名称,电话\n北京,1\n'), { encoding: 'utf-8', bom: false, certain: true }],
    ['UTF-8 with its mark', utf8('\uFEFF客户名称\n'), { encoding: 'utf-8', bom: true, certain: true }],
    ['UTF-8 with an even number of bytes a line', utf8('中文\n中文\n'), { encoding: 'utf-8', bom: false, certain: true }],
    ['UTF-8 with four bytes', utf8('𠮷野家\n'), { encoding: 'utf-8', bom: false, certain: true }],
    ['GBK', gb('客户名称,1\n北京,2\n'), { encoding: 'gb18030', bom: false, certain: true }],
    ['GBK that Notepad took for UTF-8 once', gb('联通\n'), { encoding: 'gb18030', bom: false, certain: true }],
    [
      'GB18030 with two and four bytes for rare characters',
      gb('客户\n名称\n北京\n中文\n客户\n名称,䶮\n北京\n中文𠀀\n客户\n名\n北€\n'),
      { encoding: 'gb18030', bom: false, certain: true },
    ],
    ['UTF-16 with its mark', Buffer.from('\uFEFF客户,电话\n', 'utf16le'), { encoding: 'utf-16le', bom: true, certain: true }],
    ['UTF-16 of the other order', utf16be('\uFEFF客户,电话\n'), { encoding: 'utf-16be', bom: true, certain: true }],
    ['UTF-16 without a mark', Buffer.from('客户,电话\n一,1\n', 'utf16le'), { encoding: 'utf-16le', bom: false, certain: false }],
    ['UTF-16 of the other order without a mark', utf16be('客户,电话\n一,1\n'), { encoding: 'utf-16be', bom: false, certain: false }],
    ['letters with accents only', utf8('Café\n'), { encoding: 'utf-8', bom: false, certain: false }],
  ])('%s', (_name, bytes, expected) => {
    expect(survey(bytes)).toEqual({ ok: true, ...expected });
    expect(survey(bytes, 1)).toEqual({ ok: true, ...expected });
  });

  test('a file of another language that happens to fit GB18030 is not certain', () => {
    const latin = Buffer.from('M\u00fcller\nSch\u00e4fer\nJ\u00f6rg\n', 'latin1');
    expect(survey(latin)).toMatchObject({ encoding: 'gb18030', certain: false });
  });

  test.each([
    ['GBK lines below UTF-8 ones', join(utf8('客户名称,电话\r\n'), gb('北京,1\r\n')), { utf8Line: 1, gbLine: 2 }],
    ['UTF-8 below GBK, though its bytes would pass for GBK', join(gb('北京,1\n'), utf8('a\n中文,2\n')), { utf8Line: 3, gbLine: 1 }],
    ['a mark of UTF-8 above GBK', join(utf8('\uFEFF客户\n'), gb('a\n客户\n')), { utf8Line: 1, gbLine: 3 }],
    ['lines that end with a return alone', join(utf8('客户名称\r'), utf8('a\r'), gb('北京\r')), { utf8Line: 1, gbLine: 3 }],
  ])('mixed: %s', (_name, bytes, lines) => {
    expect(survey(bytes)).toEqual({ ok: false, reason: 'mixed_encodings', ...lines });
  });

  test.each([
    ['a byte that is in no encoding', join(utf8('客户\n'), Buffer.from([0x41, 0xff, 0x0a])), 2],
    ['a character cut at the end', join(utf8('客户名\n北京'), Buffer.from([0xe5])), 2],
    ['an overlong form', join(utf8('a\n'), Buffer.from([0xc0, 0x0a])), 2],
    ['half a pair of UTF-16 written as UTF-8', join(utf8('\uFEFF'), Buffer.from([0xed, 0xa0, 0x80, 0x0a])), 1],
  ])('undecodable: %s', (_name, bytes, line) => {
    expect(survey(bytes)).toEqual({ ok: false, reason: 'undecodable', line });
  });

  test('bytes that are no text', () => {
    expect(survey(Buffer.from([0x41, 0, 0, 0, 0x42, 0x43, 0x44]))).toEqual({ ok: false, reason: 'binary' });
  });
});
