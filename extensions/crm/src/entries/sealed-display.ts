import { defineDisplay } from '@directus/extensions-sdk';
import SealedMask from '../privacy/display/sealed-mask.vue';
import { SEALED } from '../privacy/locale/sealed-texts.ts';

/** The same value in a list: its mask, and a button that calls. */
export default defineDisplay({
  id: 'crm-sealed',
  name: `${SEALED.name['zh-CN']} · ${SEALED.name['en-US']}`,
  icon: 'encrypted',
  component: SealedMask,
  types: ['text', 'string'],
  options: [],
});
