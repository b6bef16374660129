import { nextTick, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { useSay, type Said } from '../../../platform/app/i18n.ts';
import { nextOf } from '../../rules/stage-change.ts';
import type { Stage } from '../../rules/stage-set.ts';
import { MOVE, REFUSED } from '../locale.ts';
import { useStageMove, type Answer, type Move, type Question, type Target } from '../move/use-stage-move.ts';
import { useUndo } from '../move/use-undo.ts';
import { useStageNames } from '../use-stage-names.ts';
import type { Card } from './board-rows.ts';
import { foreseeMove } from './foresee-move.ts';
import type { Board, Column } from './use-board.ts';

export interface Drop {
  card: Card;
  from: string;
  at: number;
  /** The stage over which it was let go. */
  over: string | null;
}

export interface BoardMoves {
  question: ShallowRef<Question | null>;
  answer(answer: Answer | null): void;
  last: ShallowRef<Move | null>;
  seconds: Ref<number>;
  said: Ref<string>;
  /** The card whose stages are listed. */
  menu: ShallowRef<Card | null>;
  openMenu(id: string): void;
  closeMenu(): void;
  choose(target: Target): Promise<void>;
  /** The stage after one; null after the last. */
  nextOf(stage: Stage): Stage | null;
  /** The one step that is made most, without the list of stages. */
  advance(card: Card): Promise<void>;
  lift(card: Card): void;
  settle(): void;
  /** Why the card in the hand may not be dropped on a stage; null where it may, or where nothing is in the hand. */
  refusalOf(stage: Stage): string | null;
  drop(column: Column, drop: Drop): Promise<void>;
  undo(): Promise<void>;
}

/** What happens to a card on the board: it goes where the server lets it, or back to where it was, with the reason. */
export function useBoardMoves(board: Board): BoardMoves {
  const say = useSay();
  const stageName = useStageNames();
  const { question, answer, move, undo } = useStageMove();
  const undoing = useUndo();
  const menu = shallowRef<Card | null>(null);
  const lifted = shallowRef<Card | null>(null);
  const said = ref('');

  const columnOf = (stage: string): Column | undefined => board.columns.value.find((column) => column.stage.id === stage);
  const nameOf = (stage: string): string => stageName(columnOf(stage)?.stage.name ?? '');
  const tell = (text: string): void => {
    undoing.take();
    said.value = text;
  };

  function foreseen(card: Card, stage: Stage): string | null {
    const from = columnOf(card.stage)?.stage;
    const why = from && from.id !== stage.id ? foreseeMove(board.set.value, from, stage, card) : null;
    return why === null ? null : say(REFUSED[why] satisfies Said);
  }

  function after(stage: Stage): Stage | null {
    const { value: set } = board.set;
    return stage.outcome === 'open' ? (nextOf(set, stage) ?? set.won[0] ?? null) : null;
  }

  function focus(id: string): void {
    void nextTick(() => document.querySelector<HTMLElement>(`[data-card="${id}"] a`)?.focus());
  }

  /** Moves on the server; the columns say afterwards what is so. */
  async function carry(card: Card, target: Target, putBack: () => void): Promise<void> {
    said.value = '';
    const from = card.stage;
    const outcome = await move({ id: card.id, title: card.title, stage: from, customer: card.customer?.id ?? null }, target);
    if (outcome.moved) {
      card.stage = target.id;
      undoing.offer(outcome.moved);
    } else {
      putBack();
      if (outcome.said !== null) tell(outcome.said);
      if (!outcome.isStale) return;
    }
    await (outcome.moved ? board.refresh([from, target.id]) : board.load());
  }

  return {
    question,
    answer,
    last: undoing.last,
    seconds: undoing.seconds,
    said,
    menu,
    openMenu(id) {
      menu.value = board.columns.value.flatMap(({ cards }) => cards).find((card) => card.id === id) ?? null;
    },
    closeMenu() {
      const id = menu.value?.id;
      menu.value = null;
      if (id) focus(id);
    },
    async choose(target) {
      const card = menu.value;
      menu.value = null;
      if (!card) return;
      await carry(card, target, () => undefined);
      focus(card.id);
    },
    nextOf: after,
    async advance(card) {
      const from = columnOf(card.stage)?.stage;
      const target = from ? after(from) : null;
      if (target) await carry(card, { id: target.id, name: stageName(target.name) }, () => undefined);
    },
    lift(card) {
      lifted.value = card;
    },
    settle() {
      lifted.value = null;
    },
    refusalOf: (stage) => (lifted.value ? foreseen(lifted.value, stage) : null),
    async drop(column, { card, from, at, over }) {
      lifted.value = null;
      const putBack = (): void => {
        column.cards = column.cards.filter(({ id }) => id !== card.id);
        columnOf(from)?.cards.splice(at, 0, card);
      };
      if (over === column.stage.id) return carry(card, { id: over, name: nameOf(over) }, putBack);
      putBack();
      const refused = over === null ? undefined : columnOf(over);
      const why = refused ? foreseen(card, refused.stage) : null;
      if (why !== null) tell(say(MOVE.stays, { title: card.title, why }));
    },
    async undo() {
      const done = undoing.take();
      if (!done) return;
      const failure = await undo(done);
      tell(failure ?? say(MOVE.undone, { title: done.title, stage: nameOf(done.from) }));
      await board.refresh([done.from, done.to.id]);
      focus(done.id);
    },
  };
}
