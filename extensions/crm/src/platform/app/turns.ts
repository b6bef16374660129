/** Tells whether an answer is still wanted when it comes. */
export type IsWanted = () => boolean;

/**
 * Keeps answers in the order of their questions: one to a question that is no longer asked, or that was overtaken by a later
 * answer, is nobody's (a page that was turned meanwhile would show the rows of the one before).
 */
export function createTurns(): { load(): IsWanted; refresh(): IsWanted } {
  let loads = 0;
  let asked = 0;
  let shown = 0;
  return {
    /** A new question, which makes every earlier one void. */
    load() {
      const mine = (loads += 1);
      return () => mine === loads;
    },
    /** The same question once more. */
    refresh() {
      const [during, mine] = [loads, (asked += 1)];
      return () => {
        const isWanted = during === loads && mine > shown;
        if (isWanted) shown = mine;
        return isWanted;
      };
    },
  };
}
