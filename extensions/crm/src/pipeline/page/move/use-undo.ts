import { onBeforeUnmount, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Move } from './use-stage-move.ts';

/** For how long a move is taken back by one click, in seconds; the server counts for itself. */
const OPEN_FOR = 10;

/** The last move, as long as it can be taken back. */
export function useUndo(): { last: ShallowRef<Move | null>; seconds: Ref<number>; offer(move: Move): void; take(): Move | null } {
  const last = shallowRef<Move | null>(null);
  const seconds = ref(0);
  let timer: ReturnType<typeof setInterval> | undefined;
  const take = (): Move | null => {
    clearInterval(timer);
    const move = last.value;
    last.value = null;
    return move;
  };
  const offer = (move: Move): void => {
    take();
    last.value = move;
    seconds.value = OPEN_FOR;
    timer = setInterval(() => {
      seconds.value -= 1;
      if (seconds.value <= 0) take();
    }, 1000);
  };
  onBeforeUnmount(take);
  return { last, seconds, offer, take };
}
