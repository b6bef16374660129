/// <reference lib="dom" />
/**
 * Closes the Studio's side panels for somebody who has never moved them: open, they hide a third of the first list, and on
 * a phone all of it. Whatever a person chooses afterwards stays. Sent to the browser as text, like demo-cards.ts.
 */
export function closePanels(phone: number): void {
  try {
    const closed = innerWidth < phone ? ['sidebar-collapsed', 'nav-bar-collapsed'] : ['sidebar-collapsed'];
    for (const key of closed) if (localStorage.getItem(key) === null) localStorage.setItem(key, 'true');
  } catch {
    // A browser without storage for us keeps the host's own look.
  }
}
