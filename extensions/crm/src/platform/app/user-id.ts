import { useStores } from '@directus/extensions-sdk';

interface Stores {
  useUserStore(): { currentUser: { id?: string } | null };
}

/** Who is logged in, as the Studio knows it. */
export const useUserId = (): string | null => (useStores() as unknown as Stores).useUserStore().currentUser?.id ?? null;
