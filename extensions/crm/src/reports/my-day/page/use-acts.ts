import { useApi } from '@directus/extensions-sdk';
import { onBeforeUnmount, ref, type Ref } from 'vue';
import { useSay } from '../../../platform/app/i18n.ts';
import { messageOf } from '../../../platform/app/use-crm-api.ts';
import { ACT, LOGGED } from './locale.ts';

/** What the last click did, said for a while. */
export interface Done {
  text: string;
  isFailure: boolean;
  /** The record to go on with, in the Studio. */
  link: string | null;
}

const SAID_FOR_MS = 10_000;

export type Answer = { answer: 'accept' } | { answer: 'decline'; reason: string };

/** The link of an activity to what it is about. */
const LINKS: Readonly<Record<string, string>> = { crm_customers: 'customer', crm_leads: 'lead', crm_opportunities: 'opportunity' };

export const canBeLogged = (collection: string): boolean => collection in LINKS;

/** What one click does on the page of the day; `refresh` shows what came of it. */
export function useActs(refresh: () => Promise<void>) {
  const api = useApi();
  const say = useSay();
  const done: Ref<Done | null> = ref(null);
  const busy = ref<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(text: string, link: string | null = null, isFailure = false): void {
    clearTimeout(timer);
    done.value = { text, link, isFailure };
    if (!isFailure) timer = setTimeout(() => (done.value = null), SAID_FOR_MS);
  }

  /** One act at a time on one record: a double click is one. */
  async function act(key: string, work: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = key;
    try {
      await work();
      await refresh();
      return true;
    } catch (error) {
      tell(messageOf(error) || say(ACT.failed), null, true);
      return false;
    } finally {
      busy.value = null;
    }
  }

  const log = (about: { collection: string; id: string }, type: keyof typeof LOGGED) =>
    act(about.id, async () => {
      const subject = say(LOGGED[type].subject);
      const { data } = await api.post<{ data: { id: string } }>('/items/crm_activities', {
        type,
        subject,
        [LINKS[about.collection]!]: about.id,
        done_at: new Date().toISOString(),
      });
      tell(say(ACT.logged, { subject }), `/content/crm_activities/${data.data.id}`);
    });

  const finish = ({ id, subject }: { id: string; subject: string }) =>
    act(id, async () => {
      await api.patch(`/items/crm_activities/${id}`, { done_at: new Date().toISOString() });
      tell(say(ACT.doneSaid, { subject }), `/content/crm_activities/${id}`);
    });

  const answer = (id: string, said: Answer) =>
    act(id, async () => {
      await api.post(`/crm/activities/${id}/respond`, said);
      tell(say(ACT.answered));
    });

  onBeforeUnmount(() => clearTimeout(timer));
  return { done, busy, log, finish, answer, tell };
}
