import chineseDays from 'chinese-days';
import type { Row } from '../../extensions/crm/src/platform/api/host.ts';
import { stableId } from '../ids.ts';

const FIRST_YEAR = 2025;
const LAST_YEAR = 2027;
const DAY = 86_400_000;
const SOURCE = 'chinese-days 1.5.7';

/**
 * Rows of crm_calendar_days (Q9): the official days that differ from Monday to Friday, and the weekend days of a holiday.
 * A year that the State Council has not published yet has no rows; the doctor says so from 1 November.
 */
function officialDays(): Row[] {
  const rows: Row[] = [];
  for (let at = Date.UTC(FIRST_YEAR, 0, 1); at < Date.UTC(LAST_YEAR + 1, 0, 1); at += DAY) {
    const day = new Date(at).toISOString().slice(0, 10);
    const weekend = [0, 6].includes(new Date(at).getUTCDay());
    const { work, name } = chineseDays.getDayDetail(day);
    const [, chinese] = name.split(',');
    if (work === !weekend && !chinese) continue;
    rows.push({ id: stableId(`calendar:${day}`), day, kind: work ? 'workday' : 'holiday', name: chinese ?? null, source: SOURCE });
  }
  return rows;
}

export const calendarDays: Row[] = officialDays();
