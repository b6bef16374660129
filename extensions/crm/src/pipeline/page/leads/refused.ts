import type { Found } from '../../leads/contract.ts';

interface Failure {
  response?: { data?: { errors?: { message?: string; extensions?: { code?: unknown; duplicates?: unknown; elsewhere?: unknown } }[] } };
}

/** What a refusal says, each sentence once; and the customers that may be the same where it is about them. */
export function readRefusal(error: unknown): { text: string; found: Found | null } {
  const errors = (error as Failure).response?.data?.errors ?? [];
  const text = [...new Set(errors.flatMap(({ message }) => message ?? []))].join(' ');
  const { code, duplicates, elsewhere } = errors[0]?.extensions ?? {};
  if (code !== 'DUPLICATES' || !Array.isArray(duplicates)) return { text, found: null };
  return { text, found: { duplicates: duplicates as Found['duplicates'], elsewhere: elsewhere === true } };
}
