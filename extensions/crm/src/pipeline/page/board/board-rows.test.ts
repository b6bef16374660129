import { expect, it } from 'vitest';
import { stageSetOf, type Stage } from '../../rules/stage-set.ts';
import { columnsOf, filterOf, ofStage } from './board-rows.ts';

const stage = (id: string, more: Partial<Stage> = {}): Stage => ({
  id,
  key: id,
  name: id,
  outcome: 'open',
  color: null,
  active: true,
  sort: 1,
  segment: null,
  required_fields: [],
  conditions: null,
  condition_text: null,
  ...more,
});
const columns = (stages: Stage[], filled: string[]) => columnsOf(stages, stageSetOf(stages, 's01'), filled).map(({ id }) => id);

it('SAL-2: the closed stages are the last columns', () => {
  const stages = [stage('lost', { outcome: 'lost' }), stage('first'), stage('won', { outcome: 'won' }), stage('second', { sort: 2 })];
  expect(columns(stages, [])).toEqual(['first', 'second', 'won', 'lost']);
});

it('SAL-2: a stage that is off, or another segment’s, is on the board while rows stand in it', () => {
  const stages = [
    stage('shared'),
    stage('own', { segment: 's01' }),
    stage('off', { segment: 's01', active: false }),
    stage('gone', { active: false }),
  ];
  expect(columns(stages, [])).toEqual(['own']);
  expect(columns(stages, ['off', 'shared'])).toEqual(['own', 'shared', 'off']);
});

it('SAL-2: an open column holds all its rows, a closed one those of the last days', () => {
  expect(ofStage({ id: 'a', outcome: 'open' }, '2026-10-24')).toEqual([{ stage: { _eq: 'a' } }]);
  expect(ofStage({ id: 'w', outcome: 'won' }, '2026-10-24')).toEqual([{ stage: { _eq: 'w' } }, { closed_on: { _gte: '2026-10-24' } }]);
});

it('SAL-2: the board asks only for what is chosen', () => {
  expect(filterOf({ segment: '', owner: '', title: ' ' }, [])).toEqual({ _and: [] });
  expect(filterOf({ segment: 's', owner: 'o', title: ' 50% ' }, [])).toEqual({
    _and: [{ segment: { _eq: 's' } }, { owner: { _eq: 'o' } }, { title: { _icontains: '50%' } }],
  });
});
