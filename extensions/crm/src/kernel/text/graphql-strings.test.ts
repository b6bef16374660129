import { expect, it } from 'vitest';
import { stringsIn, withStrings } from './graphql-strings.ts';

it.each<[string, string, unknown, string[]]>([
  ['a string', 'mutation { a(b: "x@y.z") }', null, ['x@y.z']],
  ['an escaped one', String.raw`{ a(b: "x\u0040y.z", c: "\u{78}@y.z", d: "q\"t\n") }`, null, ['x@y.z', 'x@y.z', 'q"t\n']],
  ['a block', '{ a(b: """\n  x@y.z\n""") }', undefined, ['x@y.z']],
  ['a block with a quotation inside', '{ a(b: """a \\""" b""", c: "c") }', null, ['a """ b', 'c']],
  ['a quotation mark in a comment', '# say "\n{ a(b: "x") } # "y"', null, ['x']],
  ['a comment sign in a string', '{ a(b: "#x", c: "y") }', null, ['#x', 'y']],
  ['variables, nested ones too', 'query($e: String = "d") { a }', { e: 'x', more: [{ deep: 'y' }, 1, null] }, ['d', 'x', 'y']],
  ['nothing', '{ a }', null, []],
])('the texts of a GraphQL request: %s', (_name, text, variables, expected) => {
  expect(stringsIn({ text, variables })).toEqual(expected);
});

it('swaps the texts that are meant, wherever they stand, and nothing else', () => {
  const request = {
    text: String.raw`# "a"
mutation($v: String = "A") { b(c: "a\u0061", d: """ a """, e: "b") }`,
    variables: { v: 'a', list: ['b', { w: 'aa' }], n: 1 },
  };
  const swap = (value: string) => (/^a+$/iu.test(value) ? `no "${value.length}"` : null);
  expect(withStrings(request, swap)).toEqual({
    text: String.raw`# "a"
mutation($v: String = "no \"1\"") { b(c: "no \"2\"", d: "no \"1\"", e: "b") }`,
    variables: { v: 'no "1"', list: ['b', { w: 'no "2"' }], n: 1 },
  });
});
