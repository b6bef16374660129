import type { Ref } from 'vue';

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/**
 * The keyboard on the board: arrows go from card to card, M asks where the card under the focus shall go.
 *
 * @param isResting whether something is open in front of the board: the host's dialog takes the focus only after it has come
 *   in, and a key pressed until then still reaches the card behind it.
 */
export function useBoardKeys(
  rail: Ref<HTMLElement | null>,
  openMenu: (id: string) => void,
  isResting: () => boolean,
): (event: KeyboardEvent) => void {
  const cardsIn = (column: Element): HTMLElement[] => [...column.querySelectorAll<HTMLElement>('[data-card]')];

  function go(card: HTMLElement, [across, down]: readonly [number, number]): void {
    const columns = [...rail.value!.querySelectorAll('[data-column]')];
    const here = columns.findIndex((column) => column.contains(card));
    const row = cardsIn(columns[here]!).indexOf(card);
    const target = across
      ? columns
          .slice(...(across > 0 ? ([here + 1] as const) : ([0, here] as const)))
          .map(cardsIn)
          .filter((cards) => cards.length)
          .at(across > 0 ? 0 : -1)
      : cardsIn(columns[here]!);
    const next = target?.[across ? Math.min(row, target.length - 1) : row + down];
    next?.querySelector('a')?.focus();
  }

  return (event) => {
    const card = (event.target as HTMLElement).closest<HTMLElement>('[data-card]');
    if (!card || event.ctrlKey || event.metaKey || event.altKey || isResting()) return;
    if (event.key.toLowerCase() === 'm') openMenu(card.dataset['card']!);
    else if (STEPS[event.key]) go(card, STEPS[event.key]!);
    else return;
    event.preventDefault();
  };
}
