/**
 * Runs pieces of work one after the other, so that failures that come at once are counted one by one. A piece that fails is tried
 * again a few times, and is told of when it is given up, as is what comes while too many wait; nobody waits for it.
 */
export function inOrder(gaveUp: (error: unknown) => void, { tries = 5, pauseMs = 200, most = 1000 } = {}) {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  const attempt = async <Result>(work: () => Promise<Result>): Promise<Result | null> => {
    for (let tried = 1; ; tried += 1) {
      try {
        return await work();
      } catch (error) {
        if (tried < tries) {
          await new Promise((resolve) => setTimeout(resolve, pauseMs * tried));
          continue;
        }
        gaveUp(error);
        return null;
      }
    }
  };
  return <Result>(work: () => Promise<Result>): Promise<Result | null> => {
    if (waiting >= most) {
      gaveUp(new Error('too many wait'));
      return Promise.resolve(null);
    }
    waiting += 1;
    const mine = last.then(() => attempt(work)).finally(() => (waiting -= 1));
    last = mine;
    return mine;
  };
}
