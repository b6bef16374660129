import { describe, expect, test } from 'vitest';
import { fileKind, nameConflict, oleDirectoryAt, zipFault } from './file-kind.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');
const ole = (...streams: string[]) => Buffer.concat([bytes('d0cf11e0a1b11ae1'), ...streams.map((name) => Buffer.from(name, 'utf16le'))]);

describe('F30: what a file is, whatever it is called', () => {
  test.each([
    ['a text', Buffer.from('客户名称,电话'), 'text'],
    ['a text in UTF-16', Buffer.from('\uFEFF客户', 'utf16le'), 'text'],
    ['a zip', bytes('504b030414000600'), 'zip'],
    ['an empty zip', bytes('504b050600000000'), 'zip'],
    ['an old workbook', ole('Workbook'), { refused: 'old_excel' }],
    ['a very old workbook', bytes('0908100000060500'), { refused: 'old_excel' }],
    ['an encrypted workbook', ole('EncryptionInfo', 'EncryptedPackage'), { refused: 'encrypted' }],
    ['an old letter', ole('WordDocument'), { refused: 'word' }],
    ['a web page that calls itself a workbook', Buffer.from('\uFEFF \n<HTML xmlns:x="urn"><table>'), { refused: 'html' }],
    ['a web page with an XML head', Buffer.from('<?xml version="1.0"?><!DOCTYPE html><html>'), { refused: 'html' }],
    ['a web page in UTF-16', Buffer.from('\uFEFF<table><tr>', 'utf16le'), { refused: 'html' }],
    ['rows of a web page', Buffer.from('<tr><td>客户</td></tr>'), { refused: 'html' }],
    ['a web page behind a remark', Buffer.from('<!-- made by x -->\n<html>'), { refused: 'html' }],
    ['a web page with its pictures in one file', Buffer.from('MIME-Version: 1.0\r\nContent-Type: multipart/related'), { refused: 'html' }],
    ['such a page as a browser saves it', Buffer.from('From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n'), { refused: 'html' }],
    ['an export for programs', Buffer.from('{"name":"客户","rows":[]}'), { refused: 'json' }],
    ['a list for programs', Buffer.from('\uFEFF[\n {"客户": 1}]'), { refused: 'json' }],
    ['a table with brackets', Buffer.from('[客户],{x}'), 'text'],
    ['a table of letters', Buffer.from('From: ,To:\na,b'), 'text'],
    ['a workbook of 2003 in XML', Buffer.from('<?xml version="1.0"?><Workbook>'), { refused: 'xml_table' }],
    ['a PDF', Buffer.from('%PDF-1.7'), { refused: 'pdf' }],
    ['a photograph', bytes('ffd8ffe000104a46'), { refused: 'image' }],
    ['a RAR archive', Buffer.from('Rar!\u001a\u0007'), { refused: 'archive' }],
    ['rich text', Buffer.from('{\\rtf1'), { refused: 'word' }],
  ])('%s', (_name, head, kind) => {
    expect(fileKind(head)).toEqual(kind);
  });

  test('the streams of an old container may be listed further back', () => {
    expect(fileKind(ole(), Buffer.from('EncryptedPackage', 'utf16le'))).toEqual({ refused: 'encrypted' });
    const head = Buffer.alloc(512);
    head.writeUInt16LE(9, 30);
    head.writeUInt32LE(3, 48);
    expect(oleDirectoryAt(head)).toBe(4 * 512);
    head.writeUInt16LE(60_000, 30);
    expect(oleDirectoryAt(head)).toBeNull();
    expect(oleDirectoryAt(head.subarray(0, 20))).toBeNull();
  });

  test.each([
    ['客户.xlsx', 'text', 'text_named_xlsx'],
    ['客户.XLS', 'text', 'text_named_xlsx'],
    ['客户.csv', 'text', null],
    ['客户', 'text', null],
    ['客户.csv', 'zip', 'workbook_named_text'],
    ['客户.xlsx', 'zip', null],
    ['客户.xlsm', 'zip', null],
  ] as const)('%s with the content of a %s', (name, kind, fault) => {
    expect(nameConflict(name, kind)).toBe(fault);
  });

  test.each([
    [['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml'], null],
    [['_rels/.rels', 'x/other.xml'], null],
    [['[Content_Types].xml', 'xl/workbook.bin'], 'binary_workbook'],
    [['[Content_Types].xml', '_rels/.rels', 'word/document.xml'], 'word'],
    [['mimetype', 'content.xml'], 'open_document'],
    [['Index/Document.iwa'], 'apple_numbers'],
    [['客户.xlsx'], 'archive'],
    [[], 'archive'],
  ])('a zip with %j', (parts, fault) => {
    expect(zipFault((part) => parts.includes(part), parts[0])).toBe(fault);
  });
});
