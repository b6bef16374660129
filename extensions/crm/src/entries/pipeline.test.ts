import { expect, it } from 'vitest';
import { pipelinePorts } from './pipeline.ts';
import type { Stage } from '../pipeline/rules/stage-set.ts';
import { stageRefusal } from '../pipeline/stages/refuse.ts';

const stage = (key: string, name: string): Stage => ({
  id: key,
  key,
  name,
  segment: null,
  outcome: 'open',
  active: true,
  sort: 1,
  required_fields: [],
  conditions: null,
  condition_text: null,
  color: null,
});

it.each([
  ['en-US', '需求分析', 'Needs analysis'],
  ['zh-CN', '需求分析', '需求分析'],
  ['en-US', '现场勘查', '现场勘查'],
] as const)('SAL-2: a refusal in %s calls the stage %s “%s”; one that a segment named itself keeps its name', (language, name, shown) => {
  const refusal = stageRefusal({ reason: 'skipped', next: stage('next', name) }, stage('won', '成交'), language, pipelinePorts);
  expect(refusal.message).toContain(`“${shown}”`);
});
