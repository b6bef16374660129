import type { ComponentInternalInstance } from 'vue';

/**
 * The key of the row in whose line a display stands. The host gives a display the value and nothing of its row; the row of
 * the table above it has it, and the table, or the row itself, says of which collection it is. Null where a display stands
 * elsewhere, and where it shows a value of another row: `customer.phone` in a list of contacts.
 */
export function rowKeyOf(instance: ComponentInternalInstance | null, collection: string): string | null {
  let item: { id?: unknown } | null = null;
  for (let above = instance?.parent; above; above = above.parent) {
    const { item: row, collection: list } = above.props as { item?: { id?: unknown }; collection?: unknown };
    if (typeof row === 'object' && row && typeof row.id === 'string') item ??= row;
    if (item && typeof list === 'string') return list === collection ? (item.id as string) : null;
  }
  return null;
}

interface Router {
  push(path: string): Promise<unknown>;
}

/** The Studio's own router: a package of it would be a second one. */
export const routerOf = (instance: ComponentInternalInstance | null): Router =>
  instance!.appContext.config.globalProperties['$router'] as Router;
