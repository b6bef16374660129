import { say, type Said } from '../../extensions/crm/src/platform/api/say.ts';
import type { Language } from '../../extensions/crm/src/platform/api/actor.ts';

/** Why an installation does not go on. Nothing was changed by the step that refuses. */
export type RefusalReason =
  | { reason: 'foreign_collection'; name: string }
  | { reason: 'foreign_field'; name: string }
  | { reason: 'empty_values'; name: string; rows: number }
  | { reason: 'type_changed'; name: string }
  | { reason: 'missing_reference'; name: string };

const TEXTS: Record<RefusalReason['reason'], Said> = {
  foreign_collection: {
    'zh-CN': '数据库中已有名为 {name} 的集合，且不是本 CRM 创建的；未做任何更改。请先将其改名，或装入另一个 Directus。',
    'en-US':
      'A collection named {name} is there already and was not made by this CRM; nothing was changed. Rename it first, or install into another Directus.',
  },
  foreign_field: {
    'zh-CN': '字段 {name} 已存在，且不是本 CRM 创建的；未做任何更改。请先将其改名，或装入另一个 Directus。',
    'en-US':
      'The field {name} is there already and was not made by this CRM; nothing was changed. Rename it first, or install into another Directus.',
  },
  empty_values: {
    'zh-CN': '字段 {name} 在新版本中必填，但有 {rows} 行为空。请补全后重试。',
    'en-US': 'The new version needs a value in {name}, but {rows} rows have none. Fill them and start again.',
  },
  type_changed: {
    'zh-CN': '字段 {name} 的类型在新版本中不同，无法自动转换。请按升级说明迁移。',
    'en-US': 'The new version wants another type for {name}, which is not converted by itself. Follow the upgrade notes.',
  },
  missing_reference: {
    'zh-CN': '安装数据 {name} 没有对应的集合。',
    'en-US': 'Seed part {name} names a collection that is not there.',
  },
};

/** One clear line instead of a stack: what is in the way and what to do. */
export class InstallRefusal extends Error {
  override readonly name = 'InstallRefusal';
  readonly details: RefusalReason;

  constructor(details: RefusalReason) {
    super(say(TEXTS[details.reason], 'en-US', { ...details }));
    this.details = details;
  }

  in(language: Language): string {
    return say(TEXTS[this.details.reason], language, { ...this.details });
  }
}
