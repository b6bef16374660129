import type { Row } from '../../extensions/crm/src/platform/api/host.ts';
import { stableId } from '../ids.ts';
import { PROVINCES } from './gbt2260.ts';

/** The day from which this edition of the divisions is used here; earlier rows of an administrator are not touched. */
const VALID_FROM = '2023-01-01';

const regionId = (code: string): string => stableId(`region:${code}`);

/** Rows of crm_regions: provinces, then their cities, parents first. */
export const regions: Row[] = PROVINCES.flatMap(([province, provinceName, cities]) => {
  const code = `${province}0000`;
  const row = {
    id: regionId(code),
    code,
    name: provinceName,
    full_name: provinceName,
    level: 'province',
    parent: null,
    valid_from: VALID_FROM,
  };
  const below = cities
    .split(' ')
    .filter(Boolean)
    .map((entry) => {
      const cityCode = `${province}${entry.slice(0, 2)}00`;
      const name = entry.slice(2);
      return {
        id: regionId(cityCode),
        code: cityCode,
        name,
        full_name: `${provinceName} ${name}`,
        level: 'city',
        parent: row.id,
        valid_from: VALID_FROM,
      };
    });
  return [row, ...below];
});
