const HAN = /\p{Script=Han}/u;

/**
 * One name out of the host's two fields, in the order in which it is said: the Studio shows `first_name` only, and an
 * empty `last_name` as dashes.
 */
export function wholeName(first: string | null, last: string | null): string {
  const parts = [first ?? '', last ?? ''].map((part) => part.trim());
  if (parts.some((part) => part === '')) return parts.join('');
  return parts.some((part) => HAN.test(part)) ? `${parts[1]!}${parts[0]!}` : parts.join(' ');
}
