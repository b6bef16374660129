import { useApi } from '@directus/extensions-sdk';
import { shallowRef, type ShallowRef } from 'vue';
import { formatMoment } from '../../../platform/app/format.ts';
import { useLanguage, useSay } from '../../../platform/app/i18n.ts';
import type { Moved } from '../../contract.ts';
import { MOVE } from '../locale.ts';
import { useStageNames } from '../use-stage-names.ts';
import { refusalOf } from './refusal.ts';

/** The opportunity that moves, with the stage in which the reader saw it. */
export interface Moving {
  id: string;
  title: string;
  stage: string;
  customer: string | null;
}

export interface Target {
  id: string;
  name: string;
}

/** What the server wants to know before it moves the opportunity. */
export interface Question {
  kind: 'fields' | 'reason' | 'approval';
  moving: Moving;
  target: Target;
  fields: string[];
  message: string;
  /** The day where the deal is; empty where it is not known. */
  today: string;
}

export interface Answer {
  fields?: Record<string, unknown>;
  reason?: string;
}

export interface Move {
  id: string;
  title: string;
  from: string;
  to: Target;
  /** Null where it stood there already: nothing to take back. */
  change: string | null;
}

export type Outcome = { moved: Move } | { moved: null; said: string | null; isStale: boolean };

export interface StageMove {
  /** What waits for an answer in a dialog. */
  question: ShallowRef<Question | null>;
  answer(answer: Answer | null): void;
  /** Moves, asking for whatever the server wants; `said` is why not, null where the reader changed their mind. */
  move(moving: Moving, target: Target): Promise<Outcome>;
  undo(move: Move): Promise<string | null>;
}

const QUESTIONS: Readonly<Record<string, Question['kind']>> = {
  FIELDS_MISSING: 'fields',
  REASON_REQUIRED: 'reason',
  APPROVAL_REQUIRED: 'approval',
};

interface LastChange {
  changed_at: string;
  changed_by: { first_name: string | null } | null;
  to_stage: { name: string } | null;
}

/** The way of an opportunity into another stage: the server decides, and asks only for what is missing (SAL-2, SAL-3). */
export function useStageMove(): StageMove {
  const api = useApi();
  const say = useSay();
  const language = useLanguage();
  const stageName = useStageNames();
  const question = shallowRef<Question | null>(null);
  let resolve: ((answer: Answer | null) => void) | null = null;

  const ask = (asked: Question): Promise<Answer | null> => {
    question.value = asked;
    return new Promise((done) => (resolve = done));
  };
  const answer = (given: Answer | null): void => {
    question.value = null;
    resolve?.(given);
    resolve = null;
  };

  /** Who was faster: the last change that is written of the opportunity. */
  async function whoMoved(id: string): Promise<string> {
    const params = {
      filter: JSON.stringify({ opportunity: { _eq: id } }),
      sort: '-changed_at',
      limit: 1,
      fields: 'changed_at,changed_by.first_name,to_stage.name',
    };
    const found = await api.get<{ data: LastChange[] }>('/items/crm_stage_changes', { params }).catch(() => null);
    const last = found?.data.data[0];
    if (!last?.to_stage) return '';
    const who = last.changed_by?.first_name ?? say(MOVE.unknownPerson);
    return say(MOVE.movedBy, { who, when: formatMoment(last.changed_at, language), stage: stageName(last.to_stage.name) });
  }

  /** What was filled in for the move is what is asked about; the row itself stands as before. */
  async function requestApproval(moving: Moving, reason: string, { amount, discount_percent }: Record<string, unknown>): Promise<string> {
    try {
      await api.post('/crm/approvals', { kind: 'discount', item: moving.id, reason, asked: { amount, discount_percent } });
      return say(MOVE.asked, { title: moving.title });
    } catch (error) {
      return refusalOf(error).message || say(MOVE.failed);
    }
  }

  async function move(moving: Moving, target: Target): Promise<Outcome> {
    const body: { stage: string; from: string; fields?: Record<string, unknown>; reason?: string } = {
      stage: target.id,
      from: moving.stage,
    };
    const stays = (why: string, isStale = false): Outcome => ({
      moved: null,
      said: say(MOVE.stays, { title: moving.title, why }),
      isStale,
    });
    for (;;) {
      try {
        const { data } = await api.post<Moved>(`/crm/opportunities/${moving.id}/stage`, body);
        const { id, title, stage: from } = moving;
        return { moved: { id, title, from, to: target, change: data.change?.id ?? null } };
      } catch (error) {
        const refused = refusalOf(error);
        const kind = QUESTIONS[refused.code];
        if (refused.code === 'STAGE_CONFLICT') return stays((await whoMoved(moving.id)) || refused.message, true);
        if (!kind) return stays(refused.message || say(MOVE.failed));
        const given = await ask({ kind, moving, target, fields: refused.fields, message: refused.message, today: refused.today });
        if (!given) return { moved: null, said: null, isStale: false };
        if (kind === 'approval')
          return { moved: null, said: await requestApproval(moving, given.reason ?? '', body.fields ?? {}), isStale: false };
        if (given.fields) body.fields = { ...body.fields, ...given.fields };
        if (given.reason) body.reason = given.reason;
      }
    }
  }

  /** Takes the move back; gives why not, null where it is done. */
  async function undo(done: Move): Promise<string | null> {
    try {
      await api.post(`/crm/opportunities/${done.id}/stage/undo`, { change: done.change });
      return null;
    } catch (error) {
      return refusalOf(error).message || say(MOVE.failed);
    }
  }

  return { question, answer, move, undo };
}
