import { withoutEscapes } from './graphql-escapes.ts';

/** What can hold a quotation mark in a GraphQL text: comments, block strings, strings. */
const LITERALS = /#[^\n\r]*|"""(?:\\"""|[\s\S])*?"""|"(?:[^"\\\n\r]|\\.)*"/gu;

function valueOf(literal: string): string {
  if (literal.startsWith('"""')) return literal.slice(3, -3).replaceAll('\\"""', '"""').trim();
  const plain = withoutEscapes(literal);
  try {
    return String(JSON.parse(plain));
  } catch {
    return plain.slice(1, -1);
  }
}

/** The texts that a GraphQL request hands over, as the host reads them: of the literals of its text, and of its variables. */
export function stringsIn({ text, variables }: { text: string; variables: unknown }): string[] {
  const found = [...text.matchAll(LITERALS)].map(([literal]) => literal).filter((literal) => !literal.startsWith('#'));
  const walk = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(walk) : [];
  };
  return [...found.map(valueOf), ...walk(variables)];
}

/** The same request with some of its texts swapped; `swap` says null where one stays. */
export function withStrings<Variables>(
  { text, variables }: { text: string; variables: Variables },
  swap: (value: string) => string | null,
): { text: string; variables: Variables } {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return swap(value) ?? value;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one)]));
  };
  const swapped = text.replaceAll(LITERALS, (literal) => {
    const other = literal.startsWith('#') ? null : swap(valueOf(literal));
    return other === null ? literal : JSON.stringify(other);
  });
  return { text: swapped, variables: walk(variables) as Variables };
}
