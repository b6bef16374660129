import { useApi } from '@directus/extensions-sdk';
import { ref, type Ref } from 'vue';
import { statusOf } from './use-crm-api.ts';

const NAMED = /filename\*=UTF-8''([^;]+)/u;

/** Why there is no file: what the server said, empty where it said nothing, and whether there will be none. */
export interface NoFile {
  message: string;
  isGone: boolean;
}

const GONE = [404, 410];

/** What stands in the answer to a call for a file: the error, too, comes as one. */
async function messageIn(error: unknown): Promise<string> {
  const data: unknown = (error as { response?: { data?: unknown } }).response?.data;
  if (!(data instanceof Blob)) return '';
  const said = await data
    .text()
    .then((text) => JSON.parse(text) as { errors?: { message?: string }[] } | null)
    .catch(() => null);
  return said?.errors?.[0]?.message ?? '';
}

/** Fetches a file of one of our routes with the session of the user and hands it to the browser, under the server's name. */
export function useDownload(): { download(path: string): Promise<void>; isLoading: Ref<boolean>; failure: Ref<NoFile | null> } {
  const api = useApi();
  const isLoading = ref(false);
  const failure = ref<NoFile | null>(null);
  async function download(path: string): Promise<void> {
    isLoading.value = true;
    failure.value = null;
    try {
      const { data, headers } = await api.get<Blob>(`/crm${path}`, { responseType: 'blob' });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(data);
      link.download = decodeURIComponent(NAMED.exec(String(headers['content-disposition'] ?? ''))?.[1] ?? 'crm');
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 0);
    } catch (error) {
      failure.value = { message: await messageIn(error), isGone: GONE.includes(statusOf(error)) };
    } finally {
      isLoading.value = false;
    }
  }
  return { download, isLoading, failure };
}
