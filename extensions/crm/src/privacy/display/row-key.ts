import type { ComponentInternalInstance } from 'vue';

/**
 * The key of the row in whose line a display stands. The host gives a display the value and nothing of its row; the row of
 * the table above it has it. Null where a display stands elsewhere.
 */
export function rowKeyOf(instance: ComponentInternalInstance | null): string | null {
  for (let above = instance?.parent; above; above = above.parent) {
    const item = above.props['item'] as { id?: unknown } | undefined;
    if (typeof item === 'object' && item && typeof item.id === 'string') return item.id;
  }
  return null;
}
