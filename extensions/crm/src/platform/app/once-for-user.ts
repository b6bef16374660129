/**
 * Keeps what was made for the person who is logged in. Whoever logs in next in the same tab gets one of their own: the page is
 * not loaded anew in between, and nothing of the former person is shown to them.
 */
export function onceForUser<T>(make: () => T): (user: string | null) => T {
  let kept: { user: string | null; made: T } | null = null;
  return (user) => {
    if (!kept || kept.user !== user) kept = { user, made: make() };
    return kept.made;
  };
}
