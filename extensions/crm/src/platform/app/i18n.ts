import { useStores } from '@directus/extensions-sdk';
import { fillText, type Values } from './fill-text.ts';

export type Language = 'zh-CN' | 'en-US';

/** A translated text of a page; both languages, or it does not compile. */
export type Said = Readonly<Record<Language, string>>;

export type Say = (text: Said, values?: Values) => string;

interface Stores {
  useUserStore(): { currentUser: { language?: string | null } | null };
  useServerStore(): { info: { project?: { default_language?: string | null } | null } };
}

/** The reader's language: their own choice, else the project's, else Chinese. */
export function useLanguage(): Language {
  const { useUserStore, useServerStore } = useStores() as Stores;
  const chosen = useUserStore().currentUser?.language ?? useServerStore().info.project?.default_language ?? 'zh-CN';
  return chosen.toLowerCase().startsWith('en') ? 'en-US' : 'zh-CN';
}

/** Gives the function that says a text in the reader's language and fills its places, as `fillText` does. */
export function useSay(): Say {
  const language = useLanguage();
  return (text, values = {}) => fillText(text[language], language, values);
}
