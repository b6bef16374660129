/** A row of `crm_lead_routes` whose person can take leads: active, a rep, of the segment. */
export interface Route {
  user: string;
  /** null: all regions that nobody else has. */
  region: string | null;
  /** From so many open leads on the person gets no further ones; null: no limit. */
  most_open: number | null;
}

/** What the people of the routes have on their hands now. */
export interface Load {
  open: number;
  /** When somebody last got a lead, as milliseconds; null: never. */
  lastAt: number | null;
}

const NOTHING: Load = { open: 0, lastAt: null };

/**
 * Who gets a lead of a region (SAL-9): the closest region that somebody works comes first, then whoever has the fewest open
 * leads, then whoever has waited longest. Who has enough is passed over, and the next wider region is asked.
 *
 * @param regions the lead's region and those above it, the closest first; empty where it is not known.
 */
export function chooseRoute(routes: readonly Route[], regions: readonly string[], loads: ReadonlyMap<string, Load>): string | null {
  for (const region of [...regions, null]) {
    const able = [...new Set(routes.filter((route) => route.region === region && hasRoom(route, loads)).map(({ user }) => user))];
    const [first] = able.sort((one, other) => compare(one, other, loads));
    if (first) return first;
  }
  return null;
}

const loadOf = (user: string, loads: ReadonlyMap<string, Load>): Load => loads.get(user) ?? NOTHING;

const hasRoom = ({ user, most_open }: Route, loads: ReadonlyMap<string, Load>): boolean =>
  most_open === null || loadOf(user, loads).open < most_open;

function compare(one: string, other: string, loads: ReadonlyMap<string, Load>): number {
  const [left, right] = [loadOf(one, loads), loadOf(other, loads)];
  return left.open - right.open || (left.lastAt ?? 0) - (right.lastAt ?? 0) || (one < other ? -1 : 1);
}
