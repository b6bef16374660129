import { defineInterface } from '@directus/extensions-sdk';
import { PATH } from '../pipeline/page/locale.ts';
import StagePath from '../pipeline/page/path/stage-path.vue';

/** The stages of an opportunity at the head of its form; holds no data. */
export default defineInterface({
  id: 'crm-stage-path',
  name: `${PATH.name['zh-CN']} · ${PATH.name['en-US']}`,
  description: `${PATH.about['zh-CN']} · ${PATH.about['en-US']}`,
  icon: 'stairs',
  component: StagePath,
  hideLabel: true,
  hideLoader: true,
  types: ['alias'],
  localTypes: ['presentation'],
  group: 'presentation',
  options: [],
});
