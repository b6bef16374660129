import type { MyDay } from '../../../extensions/crm/src/reports/my-day/answers.ts';
import { toBusinessDate } from '../../../extensions/crm/src/kernel/calendar/business-date.ts';
import { toStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import type { PersonName, World } from '../access/world.ts';

/** A day that is so many days away from today in Shanghai. */
export const dayIn = (days: number): string => toBusinessDate(new Date(Date.now() + days * 86_400_000));

/** A moment so many days ago. */
export const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

export const askDay = (world: World, who: PersonName) => world.as[who].request<MyDay>('GET', '/crm/my-day');

export async function dayOf(world: World, who: PersonName): Promise<MyDay> {
  const answer = await askDay(world, who);
  if (answer.status !== 200) throw new Error(`${who}: ${answer.status} ${answer.text}`);
  return answer.body;
}

export const idsIn = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** Nothing of an earlier test stands in anybody's day. */
export async function clearDay({ host: { database } }: World): Promise<void> {
  for (const table of ['crm_activities', 'crm_recent_records', 'crm_reveals', 'crm_leads']) await database(table).delete();
  await database('crm_opportunities').update({ closed_on: '2020-01-01' });
}

/** An activity as somebody planned it, on whichever day: nobody can enter one for a day that is over, it becomes late by itself. */
export async function planFor(world: World, who: PersonName, { due_on, ...fields }: Record<string, unknown>): Promise<string> {
  const { id } = await world.create(who, 'crm_activities', { type: 'call', subject: '回访', ...fields });
  const { database } = world.host;
  if (typeof due_on === 'string')
    await database('crm_activities')
      .where({ id })
      .update({ due_on: toStoredDay(database, due_on) });
  return id;
}
