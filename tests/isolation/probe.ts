/** Sends attempts and judges the answers: the law of isolation in one place. */
import type { Answer, Client } from '../harness/client.ts';
import type { Attempt } from './attempts/attempt.ts';
import { uuidsIn } from './canary.ts';
import { canRead, canSeePerson, type Viewer } from './visibility.ts';
import type { StoredRow, World } from './world.ts';
import { GROUP_SEGMENT_ID } from '../../extensions/crm/src/kernel/roles.ts';

export interface Verdict {
  leaks: string[];
  status: number;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

function replaceAll(text: string, pairs: readonly { real: string; absent: string }[], from: 'real' | 'absent'): string {
  return pairs.reduce((current, pair) => current.replaceAll(pair[from], '‹secret›'), text);
}

/** What in an answer may differ between two runs without telling anything. */
function stable(text: string): string {
  return text.replace(/"(timestamp|date_created|date_updated|last_access|last_page)":"[^"]*"/g, '"$1":"…"');
}

function formOf({ file, ...fields }: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  if (file !== undefined) form.set('file', new Blob([file]), 'probe.csv');
  return form;
}

export async function send(client: Client, attempt: Attempt): Promise<Answer> {
  return client.request(attempt.method, attempt.url, attempt.form ? formOf(attempt.form) : attempt.body);
}

function withStandIns(attempt: Attempt): Attempt {
  const swap = (text: string) => (attempt.secrets ?? []).reduce((current, { real, absent }) => current.replaceAll(real, absent), text);
  return {
    ...attempt,
    url: swap(attempt.url),
    body: attempt.body === undefined ? undefined : JSON.parse(swap(JSON.stringify(attempt.body))),
    ...(attempt.form ? { form: JSON.parse(swap(JSON.stringify(attempt.form))) } : {}),
  };
}

/** Rows and people in the answer that the viewer may not see, the ones they named themselves left out. */
function foreignIn(world: World, viewer: Viewer, attempt: Attempt, answer: Answer): string[] {
  const text = `${answer.text}\n${[...answer.headers].map(([, value]) => value).join('\n')}`;
  const named = asText(attempt.url) + asText(attempt.body) + asText(attempt.form);
  const mayKnow = (row: StoredRow): boolean => {
    if (row.collection !== 'directus_users') return canRead(viewer, row);
    const person = world.people.find(({ id }) => id === row.id);
    return person !== undefined && canSeePerson(viewer, person, GROUP_SEGMENT_ID);
  };
  const leaks = world.canaries
    .rowsIn(text)
    .filter((row) => !mayKnow(row as StoredRow))
    .filter((row) => !world.canaries.rowsIn(named).includes(row))
    .map((row) => `canary of ${row.collection} ${row.id}`);
  const ids = uuidsIn(text);
  const asked = uuidsIn(named);
  for (const row of world.rows) {
    if (row.tenancy === 'reference' || row.collection === 'directus_users') continue;
    if (!ids.has(row.id) || asked.has(row.id) || world.crossed.has(row.id) || mayKnow(row)) continue;
    leaks.push(`id of ${row.collection} ${row.id}`);
  }
  return leaks;
}

/** Runs one attempt as `viewer`; `leaks` is empty when nothing was learned. */
export async function probe(world: World, client: Client, viewer: Viewer, attempt: Attempt): Promise<Verdict> {
  const answer = await send(client, attempt);
  const leaks = foreignIn(world, viewer, attempt, answer);
  if (answer.status >= 500 && !attempt.url.includes('/crm/health')) leaks.push(`answered ${answer.status}: ${answer.text.slice(0, 200)}`);
  if (attempt.secrets?.length) {
    const standIn = withStandIns(attempt);
    const other = await send(client, standIn);
    const here = stable(replaceAll(answer.text, attempt.secrets, 'real'));
    const there = stable(replaceAll(other.text, attempt.secrets, 'absent'));
    if (answer.status !== other.status) leaks.push(`status ${answer.status} for a foreign row, ${other.status} for an absent one`);
    else if (here !== there) leaks.push(`a foreign row answers ${here.slice(0, 300)}, an absent one ${there.slice(0, 300)}`);
  }
  return { leaks, status: answer.status };
}

/** Whether an entitled caller finds what the viewer must not: the control of a probe. */
export async function hits(client: Client, attempt: Attempt): Promise<boolean> {
  const answer = await send(client, attempt);
  return answer.status === 200 && attempt.control !== undefined && answer.text.includes(attempt.control);
}
