import { defineInterface } from '@directus/extensions-sdk';
import SealedValue from '../privacy/interface/sealed-value.vue';
import { SEALED } from '../privacy/locale/sealed-texts.ts';

/** A field whose value is sealed: mask, reveal, copy, call. The name is for people who configure fields. */
export default defineInterface({
  id: 'crm-sealed',
  name: `${SEALED.name['zh-CN']} · ${SEALED.name['en-US']}`,
  description: `${SEALED.about['zh-CN']} · ${SEALED.about['en-US']}`,
  icon: 'encrypted',
  component: SealedValue,
  types: ['text', 'string'],
  options: [],
});
