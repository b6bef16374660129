import type { Actor } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Row } from '../../platform/api/host.ts';
import { Refusal, SAID } from '../../platform/api/refusal.ts';
import { say, type Said } from '../../platform/api/say.ts';
import type { WriteStep } from '../../platform/api/write-pipeline.ts';
import { writeNotes } from '../../segments/index.ts';
import { beginDays } from './day-end.ts';
import { isTimeOfDay } from './rules/day-end.ts';
import { areMinutes } from './rules/session-state.ts';
import { beginCounting } from './session-notes.ts';

const SEGMENTS = 'crm_segments';
const MINUTES = ['lock_minutes', 'idle_minutes'] as const;
const TEXTS = {
  minutes: { 'zh-CN': '请填 1 至 1440 的整数分钟，或留空。', 'en-US': 'A whole number of minutes from 1 to 1440, or nothing.' },
  time: { 'zh-CN': '请填 24 小时制的时间，例如 20:00，或留空。', 'en-US': 'A time of the day such as 20:00, or nothing.' },
} as const satisfies Record<string, Said>;

function refuse(field: string, text: keyof typeof TEXTS, actor: Actor | null): Refusal {
  const message = say(TEXTS[text], actor?.language);
  const extensions = { collection: SEGMENTS, field, type: SAID, reason: text, validation_message: message };
  return new Refusal({ code: 'FAILED_VALIDATION', status: 400, message, extensions });
}

/** What the form leaves empty is nothing. */
function checked(payload: Row, actor: Actor | null): Row {
  const result = { ...payload };
  for (const field of MINUTES) {
    if (!(field in result)) continue;
    const value = result[field] === '' || result[field] === undefined ? null : result[field];
    if (!areMinutes(value)) throw refuse(field, 'minutes', actor);
    result[field] = value;
  }
  if ('day_end' in result) {
    const { day_end: given } = result;
    const value = typeof given === 'string' ? given.trim() || null : (given ?? null);
    if (value !== null && (typeof value !== 'string' || !isTimeOfDay(value))) throw refuse('day_end', 'time', actor);
    result['day_end'] = value;
  }
  return result;
}

/** Whether the end of the working day, and minutes, came with the last change of a segment. */
const notes = writeNotes<Row & { movesDay: boolean; setsMinutes: boolean }>();

/** The settings of sessions are ones that can be kept (ACC-2, ACC-3). */
export const sessionSettingsStep = (clock: Clock): WriteStep => ({
  name: 'users/sessions: settings of segments',
  collections: [SEGMENTS],
  beforeCreate: (payload, { actor }) => checked(payload, actor),
  beforeUpdate(payload, keys, { actor }) {
    const setsMinutes = MINUTES.some((field) => field in payload);
    for (const key of keys) notes.note(SEGMENTS, key, { movesDay: 'day_end' in payload || 'timezone' in payload, setsMinutes });
    return checked(payload, actor);
  },
  async afterWrite({ item, action, database }) {
    if (action === 'update' && notes.of(SEGMENTS, item)?.setsMinutes) await beginCounting(database, item, clock.now());
    if (action === 'delete' || (action === 'update' && !notes.of(SEGMENTS, item)?.movesDay)) return;
    const row = await database(SEGMENTS).where({ id: item }).first('day_end', 'timezone');
    if (row?.day_end) await beginDays(database, clock, { id: item, dayEnd: row.day_end, timeZone: row.timezone });
  },
});
