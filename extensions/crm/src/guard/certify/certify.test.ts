import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLLECTIONS } from '../../kernel/collections.ts';
import { failuresOf, tally, type Outcome } from './certificate.ts';
import { generateProbes } from './generate-probes.ts';
import { faceless, judge, type Answers } from './judge.ts';
import { BESIDE, ghostOf, type Probe, type ProbeRow } from './probe.ts';
import { hashOf, signatureOf } from './seal.ts';

const rowOf = (collection: string): ProbeRow => ({
  collection,
  id: '7d3f0a52-1b1c-4c57-9a0e-55aa7c1e9f01',
  values: { name: '证书探针a1b2c3d4e5f6' },
  links: Object.entries(COLLECTIONS).flatMap(([child, { fields, parents }]) =>
    parents
      .filter((field) => fields[field]!.relation!.to === collection)
      .map((field) => ({ collection: child, field, id: '11112222-3333-4444-8555-666677778888' })),
  ),
  beside: BESIDE,
});

const everything = { hidden: true, fixed: true, expendable: true };

describe('N1: probes come from the model', () => {
  it.each(Object.keys(COLLECTIONS))('%s: every verb is tried, and each twin asks the same of a row that never was', (collection) => {
    const row = rowOf(collection);
    const ghost = ghostOf(row);
    const probes = generateProbes({ row, ...everything });
    const twins = generateProbes({ row: ghost, ...everything });
    expect(twins.map(({ path, verb, method }) => [path, verb, method])).toEqual(
      probes.map(({ path, verb, method }) => [path, verb, method]),
    );
    expect(new Set(probes.map(({ verb }) => verb))).toEqual(new Set(['read', 'create', 'update', 'delete']));
    expect(new Set(probes.map(({ path }) => path)).size).toBe(probes.length);
    const asked = ({ url, body }: Probe) => decodeURIComponent(url) + JSON.stringify(body ?? '');
    for (const [index, probe] of probes.entries()) {
      const own = [row.id, ...Object.values(row.values), ...row.links.map(({ id }) => id)];
      expect(own.some((word) => asked(twins[index]!).includes(word))).toBe(false);
      if (probe.expect !== 'shut') expect(own.some((word) => asked(probe).includes(word))).toBe(true);
    }
  });

  it('a relation of the model is walked from its child', () => {
    const paths = generateProbes({ row: rowOf('crm_customers'), ...everything }).map(({ path }) => path);
    expect(paths).toContain('detour.crm_contacts.customer.filter');
    expect(paths).toContain('detour.count.contacts');
    expect(paths).toContain('rest.attach.crm_opportunities.customer');
  });

  it('nothing is asked to delete a row that is not expendable, nothing to read what may be read', () => {
    const probes = generateProbes({ row: rowOf('crm_stages'), hidden: false, fixed: true, expendable: false });
    expect(new Set(probes.map(({ verb }) => verb))).toEqual(new Set(['update']));
  });
});

const row = rowOf('crm_customers');
const ghost = ghostOf(row);
const answer = (status: number, text = '') => ({ status, text });
const NOTHING = answer(200, '{"data":[]}');
const FORBIDDEN = answer(403, '{"errors":[{"message":"no"}]}');
const FOUND = answer(200, `{"data":[{"id":"${row.id}"}]}`);
const entitled = { entitledReal: FOUND, entitledGhost: NOTHING };
const probe = (more: Partial<Probe> = {}): Probe => ({
  path: 'p',
  threat: 'P1',
  verb: 'read',
  collection: 'crm_customers',
  method: 'GET',
  url: '/',
  expect: 'blind',
  ...more,
});

describe('N1: the judge', () => {
  it.each<[string, Probe, Answers, string]>([
    ['the same nothing for both', probe(), { real: NOTHING, ghost: NOTHING, ...entitled }, 'held'],
    ['the same refusal for both', probe(), { real: FORBIDDEN, ghost: FORBIDDEN, ...entitled }, 'held'],
    ['the row itself', probe(), { real: FOUND, ghost: NOTHING, ...entitled }, 'leak'],
    ['another status', probe(), { real: FORBIDDEN, ghost: answer(404), ...entitled }, 'leak'],
    ['another text', probe(), { real: answer(400, 'taken'), ghost: answer(400, 'absent'), ...entitled }, 'leak'],
    [
      'one bit in a count',
      probe(),
      { real: answer(200, '{"data":[{"count":1}]}'), ghost: answer(200, '{"data":[{"count":0}]}'), ...entitled },
      'leak',
    ],
    ['a broken server', probe(), { real: answer(500), ghost: answer(500), ...entitled }, 'leak'],
    [
      'an entitled caller who sees nothing either',
      probe(),
      { real: NOTHING, ghost: NOTHING, entitledReal: NOTHING, entitledGhost: NOTHING },
      'no_proof',
    ],
    ['a write that went through for both', probe({ verb: 'update' }), { real: answer(204), ghost: answer(204), ...entitled }, 'leak'],
    [
      'a GraphQL refusal',
      probe({ verb: 'update' }),
      { real: answer(200, '{"data":{"x":null},"errors":[{}]}'), ghost: answer(200, '{"data":{"x":null},"errors":[{}]}'), ...entitled },
      'held',
    ],
    [
      'a path shut for all',
      probe({ expect: 'sealable' }),
      { real: FORBIDDEN, ghost: FORBIDDEN, entitledReal: FORBIDDEN, entitledGhost: FORBIDDEN },
      'shut',
    ],
    [
      'a path shut for the asker',
      probe({ expect: 'sealable' }),
      { real: FORBIDDEN, ghost: FORBIDDEN, entitledReal: NOTHING, entitledGhost: NOTHING },
      'held',
    ],
    [
      'an open path that shows nothing to anybody',
      probe({ expect: 'sealable' }),
      { real: NOTHING, ghost: NOTHING, entitledReal: NOTHING, entitledGhost: NOTHING },
      'no_proof',
    ],
    ['an open door', probe({ expect: 'shut' }), { real: NOTHING, ghost: NOTHING, ...entitled }, 'leak'],
    ['an open socket', probe({ expect: 'shut' }), { real: answer(101), ghost: answer(101), ...entitled }, 'leak'],
    [
      'an inner door that nobody opens',
      probe({ expect: 'denied' }),
      { real: FORBIDDEN, ghost: FORBIDDEN, entitledReal: FORBIDDEN, entitledGhost: FORBIDDEN },
      'no_proof',
    ],
  ])('%s', (_name, asked, answers, verdict) => expect(judge(asked, answers, row, ghost)).toBe(verdict));

  it('what the asker put in is no news: echoed ids and words do not count', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const echo = (of: ProbeRow) => answer(400, `${before}${of.id}${of.values['name']!}${after}`);
        fc.pre(!(before + after).includes('·'));
        expect(faceless(echo(row), row)).toBe(faceless(echo(ghost), ghost));
      }),
    );
  });
});

describe('N1: the certificate', () => {
  const outcomes: Outcome[] = [
    { role: 'sales_rep', collection: 'crm_customers', path: 'rest.list', verb: 'read', verdict: 'held' },
    { role: 'sales_rep', collection: 'crm_customers', path: 'rest.list', verb: 'read', verdict: 'leak', why: 'x' },
    { role: 'sales_rep', collection: 'crm_leads', path: 'rest.list', verb: 'read', verdict: 'no_proof', why: 'y' },
  ];

  it('counts by role, collection, path and verb, and names what failed; no proof is a failure', () => {
    expect(tally(outcomes)).toEqual([
      { role: 'sales_rep', collection: 'crm_customers', path: 'rest.list', verb: 'read', held: 1, shut: 0, leak: 1, no_proof: 0 },
      { role: 'sales_rep', collection: 'crm_leads', path: 'rest.list', verb: 'read', held: 0, shut: 0, leak: 0, no_proof: 1 },
    ]);
    expect(failuresOf(outcomes).map(({ collection, why }) => [collection, why])).toEqual([
      ['crm_customers', 'x'],
      ['crm_leads', 'y'],
    ]);
  });

  it('the hash is that of the content, whatever the order of keys; the signature needs the secret', () => {
    const content = { format: 1, result: 'passed', totals: { a: 1, b: 2 } } as never;
    const turned = { totals: { b: 2, a: 1 }, result: 'passed', format: 1, hash: 'x' } as never;
    expect(hashOf(content)).toBe(hashOf(turned));
    expect(hashOf({ format: 1, result: 'failed', totals: { a: 1, b: 2 } } as never)).not.toBe(hashOf(content));
    expect(signatureOf('h', 'one')).not.toBe(signatureOf('h', 'two'));
  });
});
