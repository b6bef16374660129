import { useApi } from '@directus/extensions-sdk';
import { ref, type Ref } from 'vue';

const NAMED = /filename\*=UTF-8''([^;]+)/u;

/** Fetches a file of one of our routes with the session of the user and hands it to the browser, under the server's name. */
export function useDownload(): { download(path: string): Promise<void>; isLoading: Ref<boolean>; hasFailed: Ref<boolean> } {
  const api = useApi();
  const isLoading = ref(false);
  const hasFailed = ref(false);
  async function download(path: string): Promise<void> {
    isLoading.value = true;
    hasFailed.value = false;
    try {
      const { data, headers } = await api.get<Blob>(`/crm${path}`, { responseType: 'blob' });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(data);
      link.download = decodeURIComponent(NAMED.exec(String(headers['content-disposition'] ?? ''))?.[1] ?? 'crm');
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 0);
    } catch {
      hasFailed.value = true;
    } finally {
      isLoading.value = false;
    }
  }
  return { download, isLoading, hasFailed };
}
