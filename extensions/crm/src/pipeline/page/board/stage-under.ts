/**
 * The stage over which a card was let go; null outside of every column. The library leaves a card in the last column that took
 * it, also when the hand has gone on to one that refuses it.
 */
export function stageUnder(event: Event | undefined): string | null {
  const touches = (event as TouchEvent | undefined)?.changedTouches;
  const at = touches?.[0] ?? (event as MouseEvent | undefined);
  if (at?.clientX === undefined) return null;
  const column = document.elementFromPoint(at.clientX, at.clientY)?.closest<HTMLElement>('[data-stage-column]');
  return column?.dataset['stageColumn'] ?? null;
}
