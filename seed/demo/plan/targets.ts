import type { Rows } from '../../../extensions/crm/src/kernel/rows.ts';
import { stableId } from '../../ids.ts';
import type { Chance } from '../chance.ts';
import { instantAt, type Day } from '../workdays.ts';
import { segmentId } from './group.ts';
import type { Fresh, Person } from './rows.ts';

export type TargetDraft = Fresh<Rows['crm_targets']> & { user: string; period: string; amount: number };

/** Targets of this year: months and the year for reps, quarters and the year for heads (KPI-1). */
export function planTargets(staff: readonly Person[], today: Day, chance: Chance): TargetDraft[] {
  const year = today.slice(0, 4);
  const created = instantAt(`${year}-01-04`, 9).toISOString();
  const months = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
  const quarters = ['Q1', 'Q2', 'Q3', 'Q4'].map((quarter) => `${year}-${quarter}`);

  return staff.flatMap((person) => {
    if (person.status !== 'active' || (person.role !== 'sales_rep' && person.role !== 'segment_head')) return [];
    const parts = person.role === 'sales_rep' ? months : quarters;
    const amounts = parts.map(() => chance.integer(8, 24) * (person.role === 'sales_rep' ? 50_000 : 450_000));
    const total = amounts.reduce((sum, amount) => sum + amount, 0);
    return [...parts, year].map((period, index) => ({
      id: stableId(`demo:target:${person.email}:${period}`),
      user: person.id,
      owner: person.id,
      segment: segmentId(person.segment),
      period,
      amount: amounts[index] ?? total,
      date_created: created,
      user_created: person.id,
    }));
  });
}
