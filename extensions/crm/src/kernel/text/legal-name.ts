import { closeHan, hasHan, toPlain, toTitle } from './plain.ts';

/** What kind of customer a name belongs to (Q20). */
export type CustomerKind = 'company' | 'institution' | 'sole_trader' | 'person' | 'foreign';

/**
 * The form in which an organisation's name is stored (CUS-6): names with Chinese characters carry full-width brackets
 * and no spaces, as on a business licence, and keep their Chinese commas and colons; Latin names keep their words and have
 * half-width signs.
 */
export function toLegalName(text: string): string {
  const plain = withBrackets(toPlain(text));
  if (hasHan(plain)) return closeHan(withBrackets(toTitle(text)).replace(/\(\s*/gu, '（').replace(/\s*\)/gu, '）'));
  return toPlain(plain.replace(/\s*\(\s*/gu, ' (').replace(/\s*\)\s*/gu, ') '));
}

const withBrackets = (text: string): string => text.replace(/[（〔［【]/gu, '(').replace(/[）〕］】]/gu, ')');

/** The form of a person's name: `张 三` is stored as `张三`, `Anna  Berg` as `Anna Berg`. DQ-6. */
export function toPersonName(text: string): string {
  return closeHan(toTitle(text));
}

const FULL_NAME_ENDS: Partial<Record<CustomerKind, RegExp>> = {
  company:
    /(?:公司|集团|企业|合作社|联合社|厂|矿|银行|信用社|事务所|研究院|设计院|中心|商行|商店|酒店|医院)(?:（[^（）]+）)?(?:[\p{Script=Han}]*(?:分公司|支行|分行|分店|分厂|办事处|营业部|项目部))?$/u,
  institution: /[\p{Script=Han}]{4,}/u,
  sole_trader: /(?:店|部|行|厂|坊|馆|铺|摊|场|站|室|社|吧|屋|园|队|中心|工作室|经营户|个体户|餐厅|饭店|超市|商行)(?:（[^（）]+）)?$/u,
};

/**
 * Whether a name looks like the full legal name that the kind asks for. Only ever a warning, never a refusal (Q20):
 * nobody can enter what they do not know yet.
 */
export function isFullLegalName(name: string, kind: CustomerKind): boolean {
  const stored = toLegalName(name);
  if (kind === 'person' || kind === 'foreign') return stored.length >= 2;
  if (!hasHan(stored)) return kind === 'company' && /\b(?:co|corp|inc|ltd|limited|llc|gmbh|plc|company)\b\.?\)?$/iu.test(stored);
  return FULL_NAME_ENDS[kind]!.test(stored) && [...stored].length >= 4;
}
