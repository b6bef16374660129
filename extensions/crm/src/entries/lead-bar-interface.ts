import { defineInterface } from '@directus/extensions-sdk';
import LeadBar from '../pipeline/page/leads/lead-bar.vue';
import { LEAD } from '../pipeline/page/leads/locale.ts';

/** What comes next for a lead, at the head of its form; holds no data. */
export default defineInterface({
  id: 'crm-lead-bar',
  name: `${LEAD.name['zh-CN']} · ${LEAD.name['en-US']}`,
  description: `${LEAD.about['zh-CN']} · ${LEAD.about['en-US']}`,
  icon: 'task_alt',
  component: LeadBar,
  hideLabel: true,
  hideLoader: true,
  types: ['alias'],
  localTypes: ['presentation'],
  group: 'presentation',
  options: [],
});
