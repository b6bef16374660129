import type { Request } from 'express';
import type { Row } from './host.ts';

/** What a GraphQL request asks: its text, empty where there is none, and its variables as they were sent. */
export function graphqlOf({ method, query, body }: Pick<Request, 'method' | 'query' | 'body'>): { text: string; variables: unknown } {
  const source = (method === 'GET' ? query : body) as Row | undefined;
  const text = source?.['query'];
  return { text: typeof text === 'string' ? text : '', variables: source?.['variables'] };
}
