import { useSay } from '../../platform/app/i18n.ts';
import { useNames } from '../../platform/app/use-names.ts';
import { MOVE } from './locale.ts';

/** What a stage may ask for besides fields of the opportunity: see rules/stage-gate.ts. */
export const ORDER = 'order_or_contract';

/** What a stage asks for, by the labels of the form; `a|b` is one of the two. */
export function useDemandNames(): (demands: readonly string[]) => string {
  const say = useSay();
  const names = useNames();
  const nameOf = (field: string): string => (field === ORDER ? say(MOVE.order) : names.field('crm_opportunities', field));
  return (demands) => demands.map((demand) => demand.split('|').map(nameOf).join(' / ')).join('、');
}
