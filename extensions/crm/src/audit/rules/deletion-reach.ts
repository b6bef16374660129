/** A foreign key of the live schema. */
export interface Link {
  from: string;
  field: string;
  to: string | null;
  onDelete: string | null;
}

/** What the database does to a row by itself when the one it points at goes. */
const TOUCHING = new Set(['CASCADE', 'SET NULL', 'SET DEFAULT']);

/** The collections along with whose rows logged ones go or are emptied of a key, through others too. */
export function deletionReach(links: readonly Link[], isLogged: (collection: string) => boolean): Set<string> {
  const reach = new Set<string>();
  for (let size = -1; size !== reach.size;) {
    size = reach.size;
    for (const { from, to, onDelete } of links)
      if (to && ((isLogged(from) && TOUCHING.has(onDelete ?? '')) || (onDelete === 'CASCADE' && reach.has(from)))) reach.add(to);
  }
  return reach;
}
