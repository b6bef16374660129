import type { Rows } from '../../../extensions/crm/src/kernel/rows.ts';
import type { Row } from '../../../extensions/crm/src/platform/api/host.ts';
import { approvalRuleId } from '../../base/approval-rules.ts';
import { stableId } from '../../ids.ts';
import { addDays, instantAt, workingDayFrom, type Day } from '../workdays.ts';
import type { Fresh } from './rows.ts';

export type ApprovalDraft = Omit<Fresh<Rows['crm_approvals']>, 'asked'> &
  Pick<Rows['crm_approvals'], 'kind' | 'state' | 'item'> & { asked: Row };
export type DecisionDraft = Fresh<Rows['crm_approval_decisions']>;

/** What somebody asks for in the demo, and what was said to it. */
export interface Wish {
  /** Names it among all of the demo: its id follows from that. */
  key: string;
  kind: Rows['crm_approvals']['kind'];
  collection: string;
  item: string;
  about: Partial<Pick<Rows['crm_approvals'], 'customer' | 'opportunity' | 'lead'>>;
  place: { segment: string; owner: string | null };
  title: string;
  asked: Row;
  reason: string;
  by: string;
  on: Day;
  /** Absent: it waits. */
  ended?: { state: 'approved' | 'rejected' | 'withdrawn'; by: string; on: Day; comment: string | null };
}

export interface AskedRows {
  approvals: ApprovalDraft[];
  decisions: DecisionDraft[];
}

/** Two working days after the day on which it was asked, as the rules of an installation have it. */
const dueAfter = (day: Day): Day => workingDayFrom(addDays(workingDayFrom(addDays(day, 1)), 1));

/** A request with its history, as the engine would have left it (APR-1). */
export function planAsked({ key, about, place, by, on, ended, reason, ...wish }: Wish): {
  approval: ApprovalDraft;
  history: DecisionDraft[];
} {
  const id = stableId(`demo:approval:${key}`);
  const asked = instantAt(on, 10, 12).toISOString();
  const said = (decision: DecisionDraft['decision'] & string, at: string, who: string, comment: string | null): DecisionDraft => ({
    ...{ id: stableId(`${id}:${decision}`), approval: id, at, by: who, decision, step: 1, comment, ...place },
  });
  const decidedAt = ended ? instantAt(ended.on, 16, 30).toISOString() : null;
  return {
    approval: {
      ...{ id, ...wish, customer: null, opportunity: null, lead: null, ...about, ...place, reason },
      ...{ state: ended?.state ?? 'pending', requested_by: by, due_on: dueAfter(on), rule: approvalRuleId(wish.kind) },
      ...{ step: 1, version: ended ? 2 : 1, decided_at: decidedAt, decided_by: ended?.by ?? null },
      ...{ date_created: asked, user_created: by },
    },
    history: [said('requested', asked, by, reason), ...(ended ? [said(ended.state, decidedAt!, ended.by, ended.comment)] : [])],
  };
}

export function planAllAsked(wishes: readonly Wish[]): AskedRows {
  const planned = wishes.map(planAsked);
  return { approvals: planned.map(({ approval }) => approval), decisions: planned.flatMap(({ history }) => history) };
}
