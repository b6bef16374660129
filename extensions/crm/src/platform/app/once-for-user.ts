/**
 * Keeps what was made for the person who is logged in. Whoever logs in next in the same tab gets one of their own: the page is
 * not loaded anew in between, and nothing of the former person is shown to them.
 */
export function onceForUser<T>(make: () => T): (user: string | null) => T {
  let kept = new Map<string | null, T>();
  return (user) => {
    if (!kept.has(user)) kept = new Map([[user, make()]]);
    return kept.get(user)!;
  };
}
