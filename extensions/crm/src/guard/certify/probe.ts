/**
 * One attempt to learn of, or to change, a row that the asker must not reach. Every probe is asked twice: for the real
 * row and for a ghost, a row that never existed. Answers that differ tell something (a leak); answers of an entitled
 * caller that do not differ prove nothing (threats.md: "B's row" and "no such row" are the same).
 */
export type Verb = 'read' | 'create' | 'update' | 'delete';
export type Threat = 'P1' | 'P2' | 'P3' | 'P4' | 'P5' | 'P6' | 'P7' | 'P8' | 'P9' | 'P10';

/**
 * What must be true of the answers:
 * - `blind`    the asker's two answers are the same, the entitled caller's differ
 * - `sealable` the same, or the path as a whole is refused to the asker, whichever row is asked for
 * - `denied`   the asker is refused, the entitled caller is not
 * - `shut`     the asker is refused; nobody is asked for comparison, since the attempt could do harm
 */
export type Expectation = 'blind' | 'sealable' | 'denied' | 'shut';

export interface Request {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'SEARCH';
  url: string;
  body?: unknown;
  /** Asks for a socket instead of an answer. */
  upgrade?: true;
}

export interface Probe extends Request {
  /** Name of the path as the certificate shows it. */
  path: string;
  threat: Threat;
  verb: Verb;
  collection: string;
  expect: Expectation;
  /** What the entitled caller asks instead, where the attempt itself must not succeed for anybody. */
  control?: Request;
}

/** A row of `collection` that the asker must not reach, with the values by which it could be recognised. */
export interface ProbeRow {
  collection: string;
  id: string;
  /** Unique texts in it, by field. */
  values: Readonly<Record<string, string>>;
  /** Rows that hang on it: `field` of `collection` holds its id. */
  links: readonly { collection: string; field: string; id: string }[];
  /** What the host keeps about it elsewhere; only of that can be shown that it stays unseen. */
  beside: readonly Beside[];
}

/** Collections of the host that tell of a row by naming it. */
export const BESIDE = ['activity', 'revisions', 'comments', 'shares', 'notifications'] as const;
export type Beside = (typeof BESIDE)[number];

const isDigit = (letter: string) => letter >= '0' && letter <= '9';

/** Another uuid, always the same for the same row, that no row has. */
const ghostId = (id: string): string =>
  [...id].map((letter) => (letter === '-' || letter === '4' ? letter : isDigit(letter) ? String(9 - Number(letter)) : letter)).join('');

/** A row of the same shape that never existed. */
export function ghostOf(row: ProbeRow): ProbeRow {
  return {
    collection: row.collection,
    id: ghostId(row.id),
    values: Object.fromEntries(Object.entries(row.values).map(([field, value]) => [field, [...value].reverse().join('')])),
    links: row.links.map((link) => ({ ...link, id: ghostId(link.id) })),
    beside: row.beside,
  };
}

export const query = (parameters: Readonly<Record<string, unknown>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`)
    .join('&');
