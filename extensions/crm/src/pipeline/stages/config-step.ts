import type { Language } from '../../platform/api/actor.ts';
import { isAdministrator } from '../../platform/api/caller.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { Refusal } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import type { AfterWrite, WriteStep } from '../../platform/api/write-pipeline.ts';
import { FIELD_TEXTS } from '../locale/field-texts.ts';
import { fieldRefusal, type FieldFault } from '../refuse-field.ts';
import { conditionFault, OPERATORS } from '../rules/conditions.ts';
import { fromStoredJson } from './load-stages.ts';

const STAGES = 'crm_stages';

const refuse = (field: string, reason: FieldFault['reason'], values: FieldFault['values'], language: Language | undefined) =>
  fieldRefusal({ collection: STAGES, field, reason, values: values ?? {} }, language);

/** Conditions that nobody could meet, or that mean another thing than they say, are refused where they are written (SAL-2). */
function refuseConditions({ conditions }: Row, language: Language | undefined): void {
  const fault = conditionFault(fromStoredJson(conditions));
  if (fault) throw refuse('conditions', fault.reason, { name: fault.name.slice(0, 64), operators: OPERATORS.join(', ') }, language);
}

async function count(query: Knex.QueryBuilder): Promise<number> {
  const [row] = await query.count({ n: '*' });
  return Number(row?.['n'] ?? 0);
}

/** The answer of every row that others point at, with what to do here. */
const stays = (reason: 'stage_in_use' | 'stage_in_history', count: number, language: Language): Refusal =>
  new Refusal({ code: 'RECORD_IN_USE', status: 409, message: say(FIELD_TEXTS[reason], language, { count }), extensions: { reason } });

/** A stage in which something stands, or stood, is switched off and never deleted: the history would not know it any more (SAL-3). */
async function refuseDeletion(database: Knex, key: string, language: Language): Promise<void> {
  const standing = await count(database('crm_opportunities').where({ stage: key }));
  if (standing) throw stays('stage_in_use', standing, language);
  const named = await count(
    database('crm_stage_changes').where((either) => void either.where({ from_stage: key }).orWhere({ to_stage: key })),
  );
  if (named) throw stays('stage_in_history', named, language);
}

/** What holds of a stage as it stands: it does not leave what stands in it, and its key is its own. */
async function holdStage({ database, item, actor }: AfterWrite): Promise<void> {
  const stage = await database(STAGES).where({ id: item }).first('segment', 'key');
  if (!stage) return;
  const elsewhere = stage.segment
    ? await count(database('crm_opportunities').where({ stage: item }).whereNot({ segment: stage.segment }))
    : 0;
  if (elsewhere) throw refuse('segment', 'stage_elsewhere', { count: elsewhere }, actor?.language);
  const twin = await database(STAGES).where({ segment: stage.segment, key: stage.key }).whereNot({ id: item }).first('id');
  if (twin) throw refuse('key', 'stage_key_taken', { name: stage.key }, actor?.language);
}

/** Stages as configuration: what is saved works, and what is used stays (SAL-2). */
export const stageConfigStep: WriteStep = {
  name: 'pipeline/stage-config',
  collections: [STAGES],
  beforeCreate: (payload, { actor }) => refuseConditions(payload, actor?.language),
  beforeUpdate: (payload, _keys, { actor }) => refuseConditions(payload, actor?.language),
  async afterWrite(change) {
    if (change.action !== 'delete') await holdStage(change);
  },
};

/** Comes before the guard, whose answer to whatever is in use names neither how much there is nor what to do. */
export const stageDeletionStep: WriteStep = {
  name: 'pipeline/stage-deletion',
  collections: [STAGES],
  async beforeDelete(keys, { database, actor }) {
    if (actor && isAdministrator(actor)) for (const key of keys) await refuseDeletion(database, key, actor.language);
  },
};
