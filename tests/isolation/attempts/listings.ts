/** Lists of people, asked for by whatever could narrow them to somebody of another segment: by name, address, key, or segment. */
import { canSeePerson } from '../visibility.ts';
import { absentCanary, absentId, canaryOf, get, type Attempt, type Scene } from './attempt.ts';
import { GROUP_SEGMENT_ID } from '../../../extensions/crm/src/kernel/roles.ts';

const WAYS = ['q', 'search', 'name', 'user', 'id', 'person', 'segment', 'to_segment', 'from', 'filter[user][_eq]', 'filter[segment][_eq]'];

/** The list as it is, and narrowed: somebody who is not the viewer's answers like somebody who is nobody. */
export function listings({ draw, world, viewer }: Pick<Scene, 'draw' | 'world' | 'viewer'>): (url: string) => Attempt[] {
  const hidden = world.people.filter((person) => !canSeePerson(viewer, person, GROUP_SEGMENT_ID));
  const elsewhere = world.segments.filter((segment) => !viewer.managed.includes(segment) && segment !== viewer.home);
  return (url) => {
    const narrowed = (value: string, absent: string): Attempt => {
      const way = draw.pick(WAYS);
      const also = url.includes('?') ? '&' : '?';
      // As it is: written otherwise the stand-in would not be found in it.
      return get(`${url}${also}${way}=${value}`, { secrets: [{ real: value, absent }] });
    };
    if (!hidden.length) return [get(url)];
    const person = draw.pick(hidden);
    const row = world.of('directus_users').find(({ id }) => id === person.id);
    const name = row && canaryOf(row, draw);
    return [
      get(url),
      narrowed(person.id, absentId(draw)),
      narrowed(person.email, 'qz@example.com'),
      ...(name ? [narrowed(name.value, absentCanary)] : []),
      ...(elsewhere.length ? [narrowed(draw.pick(elsewhere), absentId(draw))] : []),
    ];
  };
}
