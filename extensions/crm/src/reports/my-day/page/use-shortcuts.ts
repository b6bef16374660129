import { onBeforeUnmount, onMounted } from 'vue';

/** Whether a key belongs to what is being typed. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** Whether a dialog or a drawer of the Studio stands over the page: keys belong to it. */
const isCovered = (): boolean => document.querySelector('#dialog-outlet > *, [role="dialog"], dialog[open]') !== null;

/** Single keys of a page, as long as nobody types, no dialog is open and `isFree`; with a modifier they belong to the browser. */
export function useShortcuts(keys: Readonly<Record<string, () => void>>, isFree: () => boolean): void {
  function press(event: KeyboardEvent): void {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (isTyping(event.target) || isCovered() || !isFree()) return;
    event.preventDefault();
    act();
  }
  onMounted(() => document.addEventListener('keydown', press));
  onBeforeUnmount(() => document.removeEventListener('keydown', press));
}
