import { onBeforeUnmount, onMounted } from 'vue';

/** Whether a key belongs to what is being typed, or to a dialog that stands over the page. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** Single keys of a page, as long as nobody types and `isFree`; with a modifier they belong to the browser. */
export function useShortcuts(keys: Readonly<Record<string, () => void>>, isFree: () => boolean): void {
  function press(event: KeyboardEvent): void {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (isTyping(event.target) || !isFree()) return;
    event.preventDefault();
    act();
  }
  onMounted(() => document.addEventListener('keydown', press));
  onBeforeUnmount(() => document.removeEventListener('keydown', press));
}
