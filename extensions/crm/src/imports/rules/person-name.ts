import { hasHan } from '../../kernel/text/plain.ts';

/** What a person is called: the family name first and without a space where it is a Chinese one. */
export function personName({ first_name, last_name }: Readonly<Record<string, unknown>>): string {
  const [first, last] = [first_name, last_name].map((name) => (typeof name === 'string' ? name.trim() : ''));
  const isHan = hasHan(`${first ?? ''}${last ?? ''}`);
  return (isHan ? [last, first] : [first, last]).filter(Boolean).join(isHan ? '' : ' ');
}
