import type { Row } from '../../extensions/crm/src/platform/api/host.ts';
import { stableId } from '../ids.ts';
import { ENGLISH } from './gbt4754-english.ts';
import { SECTIONS } from './gbt4754.ts';

const VERSION = 'GB/T 4754-2017';
const VALID_FROM = '2017-10-01';

const industryId = (code: string): string => stableId(`industry:${code}`);

/** Rows of crm_industries (CUS-6): sections, then their divisions, parents first. */
export const industries: Row[] = SECTIONS.flatMap(([code, name, divisions]) => {
  const section = {
    id: industryId(code),
    code,
    name,
    name_en: ENGLISH[code],
    level: 'section',
    parent: null,
    version: VERSION,
    valid_from: VALID_FROM,
  };
  const below = divisions.split(' ').map((entry) => {
    const division = entry.slice(0, 2);
    return {
      id: industryId(division),
      code: division,
      name: entry.slice(2),
      name_en: ENGLISH[division],
      level: 'division',
      parent: section.id,
      version: VERSION,
      valid_from: VALID_FROM,
    };
  });
  return [section, ...below];
});
