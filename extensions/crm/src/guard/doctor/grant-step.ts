import { Refusal } from '../../platform/api/refusal.ts';
import { say, type Said } from '../../platform/api/say.ts';
import type { WriteContext, WriteStep } from '../../platform/api/write-pipeline.ts';

const ON_ITS_PAGE: Said = { 'zh-CN': '自有字段请在“自有字段”页面授权', 'en-US': 'Own fields are granted on the page "Extra fields"' };

function refuse({ actor }: WriteContext): void {
  if (actor) throw new Refusal({ code: 'FORBIDDEN', status: 403, message: say(ON_ITS_PAGE, actor.language) });
}

/** A grant is a rule and a row together: written as a plain item it would promise what nobody checked (grant-fields.ts). */
export const grantStep: WriteStep = {
  name: 'doctor: grants are given on their page',
  collections: ['crm_field_grants'],
  beforeCreate: (_payload, context) => refuse(context),
  beforeUpdate: (_payload, _keys, context) => refuse(context),
  beforeDelete: (_keys, context) => refuse(context),
};
