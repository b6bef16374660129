import type { HandoverPerson } from '../contract.ts';

/** Whoever is active and works where the person does, at home or as its head (Q18), or where the person has left work behind. */
export function successors(people: readonly HandoverPerson[], id: string): HandoverPerson[] {
  const from = people.find((one) => one.id === id);
  if (!from) return [];
  const places = [...from.segments, ...from.left_in];
  return people.filter((one) => one.id !== id && one.active && one.segments.some((segment) => places.includes(segment)));
}
