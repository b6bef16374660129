import type { ComponentInternalInstance } from 'vue';

interface Shown {
  collection: string;
  field: string;
  value: unknown;
}

/**
 * The key of the row in whose line a display stands. The host gives a display the value and nothing of its row; the row of
 * the table above it has it, and the table, or the row itself, says of which collection it is. Null where a display stands
 * elsewhere, and where it shows a value of another row: `customer.phone` in a list of contacts, `parent.phone` in one of customers.
 */
export function rowKeyOf(instance: ComponentInternalInstance | null, { collection, field, value }: Shown): string | null {
  let row: Record<string, unknown> | null = null;
  for (let above = instance?.parent; above; above = above.parent) {
    const { item, collection: list } = above.props as { item?: Record<string, unknown>; collection?: unknown };
    if (typeof item === 'object' && item) row ??= item;
    if (!row || typeof list !== 'string') continue;
    const isItsOwn = list === collection && row[field] === value;
    return isItsOwn && typeof row['id'] === 'string' ? row['id'] : null;
  }
  return null;
}
