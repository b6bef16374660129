import { expect, test } from 'vitest';
import type { Person } from '../../segments/rules/reach.ts';
import { whatIsAllowed, type Allowed, type Standing } from './standing.ts';

const now = new Date('2026-11-22T10:00:00Z');
const person = (user: string, role: Person['role'], managedSegments: string[] = []): Person => ({
  user,
  role,
  admin: false,
  active: true,
  homeSegment: 'a',
  managedSegments,
});
const rep = person('rep', 'sales_rep');
const head = person('head', 'segment_head', ['a']);
const checked: Standing = {
  status: 'checked',
  sample_state: 'not_needed',
  owner: 'rep',
  segment: 'a',
  ready: 3,
  done: 0,
  finished: null,
  undone_by: null,
  cleared: false,
};
const imported: Standing = { ...checked, status: 'imported', ready: 0, done: 3, finished: new Date('2026-11-01T10:00:00Z') };
const open = (allowed: Allowed) => Object.entries(allowed).flatMap(([name, is]) => (is ? [name] : []));

test.each<[string, Standing, Person, string[]]>([
  ['the importer of a checked file', checked, rep, ['change', 'commit']],
  ['nothing is committed where nothing is good', { ...checked, ready: 0 }, rep, ['change']],
  ['somebody else of the segment only looks', checked, head, []],
  ['a running import is stopped by its importer', { ...checked, status: 'importing' }, rep, ['cancel']],
  ['or by who answers for the segment', { ...checked, status: 'importing' }, head, ['cancel']],
  ['an interrupted one goes on', { ...checked, status: 'interrupted' }, rep, ['commit']],
  ['a stopped one goes on, or what stands of it is undone', { ...imported, status: 'stopped', ready: 2 }, rep, ['commit', 'undo']],
  [
    'an interrupted undo goes on and is not committed again',
    { ...imported, status: 'interrupted', ready: 2, undone_by: 'head' },
    head,
    ['undo'],
  ],
  ['an imported one is undone within 30 days', imported, rep, ['undo']],
  ['and later no more', { ...imported, finished: new Date('2026-10-01T10:00:00Z') }, rep, []],
  ['its importer never checks the sample', { ...imported, sample_state: 'waiting' }, rep, ['undo']],
  ['somebody else does', { ...imported, sample_state: 'waiting' }, head, ['undo', 'sample']],
  ['after one that was sent back the importer asks for another', { ...imported, sample_state: 'returned' }, rep, ['undo', 'redraw']],
  ['not from another segment', { ...imported, sample_state: 'waiting' }, person('x', 'segment_head', ['b']), []],
  ['an executive only looks', { ...imported, sample_state: 'waiting' }, person('x', 'group_executive'), []],
  ['who is frozen does nothing', checked, { ...rep, active: false }, []],
])('IMP-1, IMP-3, N6: %s', (_name, standing, who, allowed) => {
  expect(open(whatIsAllowed(standing, who, now))).toEqual(allowed);
});
