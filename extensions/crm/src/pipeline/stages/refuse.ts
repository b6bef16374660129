import type { Language } from '../../platform/api/actor.ts';
import { Refusal } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { LIST, NEXT_IS_THE_END, NO_WORDS, OF_A_CONTACT, OR, SIGNED, STAGE_TEXTS, type MoveReason } from '../locale/stage-texts.ts';
import type { StageWords } from '../ports.ts';
import type { StageRefusal } from '../rules/stage-change.ts';
import type { Stage } from '../rules/stage-set.ts';

type Label = StageWords['label'];
type Values = Record<string, string | number>;

export function moveRefusal(reason: MoveReason, language: Language | null | undefined, values: Values = {}, more: object = {}): Refusal {
  const { code, status, text } = STAGE_TEXTS[reason];
  return new Refusal({ code, status, message: say(text, language, values), extensions: { reason, ...more } });
}

/**
 * A refusal of the rule, in the words of the form and of the stages.
 *
 * @param today the day where the deal is: whoever is asked for a signature does not know the zone of another segment.
 */
export function stageRefusal(
  refusal: StageRefusal,
  target: Stage,
  language: Language,
  { label, stageName }: StageWords,
  today?: string,
): Refusal {
  const called = (stage: Stage) => stageName(stage.name, language);
  const { reason } = refusal;
  const refuse = (values: Values, more: object = {}) =>
    moveRefusal(reason, language, { stage: called(target), ...values }, { stage: target.key, ...more });
  switch (refusal.reason) {
    case 'fields_missing':
      return refuse({ fields: namesOf(refusal.fields, language, label) }, { fields: refusal.fields, ...(today ? { today } : {}) });
    case 'condition_not_met':
      return refuse({ condition: refusal.text ?? say(NO_WORDS, language) });
    case 'customer_not_active': {
      const { missing, status } = refusal;
      if (status !== 'draft') return moveRefusal('customer_put_away', language, {}, { missing: [] });
      return refuse({ missing: missing.map((name) => missingName(name, language, label)).join(say(LIST, language)) || '—' }, { missing });
    }
    case 'approval_required':
      return refuse({ discount: refusal.discount, limit: refusal.limit }, { discount: refusal.discount, limit: refusal.limit });
    case 'not_first':
      return refuse({ first: called(refusal.first) }, { next: refusal.first.key });
    case 'skipped':
      return refuse({ next: refusal.next ? called(refusal.next) : say(NEXT_IS_THE_END, language) }, { next: refusal.next?.key ?? null });
    default:
      return refuse({});
  }
}

/** The stage in which it stands, or one before it, has asked for what is taken away. */
export function emptiedRefusal(fields: readonly string[], stage: Stage, language: Language, { label, stageName }: StageWords): Refusal {
  const values = { stage: stageName(stage.name, language), fields: namesOf(fields, language, label) };
  return moveRefusal('emptied', language, values, { stage: stage.key, fields });
}

/** What a stage asks for in the words of the form; `a|b` is one of two. */
function namesOf(demands: readonly string[], language: Language, label: Label): string {
  const nameOf = (name: string) => (name === 'order_or_contract' ? say(SIGNED, language) : label('crm_opportunities', name, language));
  return demands.map((demand) => demand.split('|').map(nameOf).join(say(OR, language))).join(say(LIST, language));
}

/** An entry of a customer's `missing`: `contacts.phone`, `or:contacts.email`. */
function missingName(entry: string, language: Language, label: Label): string {
  const [, or, of, name = ''] = /^(or:)?(contacts\.)?(.*)$/su.exec(entry)!;
  const field = label(of ? 'crm_contacts' : 'crm_customers', name, language);
  const text = of ? say(OF_A_CONTACT, language, { field }) : field;
  return or ? `${say(OR, language).trim()} ${text}` : text;
}
