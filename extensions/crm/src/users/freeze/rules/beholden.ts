/** An entry of the log about somebody, as far as it says who put them where they are. */
export interface PostEntry {
  collection: string;
  action: string;
  after: Readonly<Record<string, unknown>> | null;
}

/** What makes somebody an executive, or lets whoever sets it come in as one. */
const MAKES_WHO_THEY_ARE = ['role', 'email', 'password', 'token', 'provider', 'external_identifier'];

/**
 * Whether one of these changes, all by the same person, made somebody the executive they are: opened, promoted, given another
 * address or credential, or a one-time link. Two who are one are no dual control (Q5).
 */
export const isBound = (entries: readonly PostEntry[]): boolean =>
  entries.some(({ collection, action, after }) => {
    if (collection !== 'directus_users') return action === 'reset_link';
    return action === 'create' || (action === 'update' && MAKES_WHO_THEY_ARE.some((field) => after !== null && field in after));
  });
