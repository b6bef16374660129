import { creditCodeCheckDigit } from '../../extensions/crm/src/kernel/text/credit-code.ts';
import type { Chance } from './chance.ts';

/** GB 32100-2015: the signs of a credit code; I, O, S, V and Z are not used. */
const SIGNS = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Check sign of the organisation code inside (GB 11714-1997): letters count from A = 10, the check may be X. */
function organisationCheck(body: string): string {
  const sum = [...body].reduce((total, sign, index) => total + parseInt(sign, 36) * (ORGANISATION_WEIGHTS[index] as number), 0);
  const rest = 11 - (sum % 11);
  return rest === 10 ? 'X' : rest === 11 ? '0' : String(rest);
}

/** What the first two signs say about the registration: 91 company, 92 sole trader, 12 public institution. */
export type Registration = '91' | '92' | '12';

/** An invented credit code (统一社会信用代码) with both check signs right (CUS-7). */
export function inventCreditCode(registration: Registration, regionCode: string, chance: Chance): string {
  const body = `MA${Array.from({ length: 6 }, () => chance.pick(SIGNS)).join('')}`;
  const seventeen = `${registration}${regionCode}${body}${organisationCheck(body)}`;
  return seventeen + creditCodeCheckDigit(seventeen);
}
