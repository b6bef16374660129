import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { onceForUser } from '../../../platform/app/once-for-user.ts';
import { useUserId } from '../../../platform/app/user-id.ts';
import type { Move } from './use-stage-move.ts';

/** For how long a move is taken back by one click, in seconds; the server counts for itself. */
const OPEN_FOR = 10;

interface Undo {
  last: ShallowRef<Move | null>;
  seconds: Ref<number>;
  offer(move: Move): void;
  take(): Move | null;
}

function createUndo(): Undo {
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
  return { last, seconds, offer, take };
}

const undoOf = onceForUser(createUndo);

/** The last move, as long as it can be taken back: also while the host draws the form anew that it was made on. */
export const useUndo = (): Undo => undoOf(useUserId());
