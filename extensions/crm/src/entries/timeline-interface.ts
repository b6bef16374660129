import { defineInterface } from '@directus/extensions-sdk';
import { TIMELINE } from '../pipeline/page/timeline/locale.ts';
import Timeline from '../pipeline/page/timeline/record-timeline.vue';

/** What happened on a record, from all its histories; holds no data. */
export default defineInterface({
  id: 'crm-timeline',
  name: `${TIMELINE.name['zh-CN']} · ${TIMELINE.name['en-US']}`,
  description: `${TIMELINE.about['zh-CN']} · ${TIMELINE.about['en-US']}`,
  icon: 'timeline',
  component: Timeline,
  hideLabel: true,
  hideLoader: true,
  types: ['alias'],
  localTypes: ['presentation'],
  group: 'presentation',
  options: [],
});
