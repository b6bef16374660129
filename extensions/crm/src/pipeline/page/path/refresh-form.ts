/**
 * Tells the item page around an interface that its row has changed: the host reads it again, unsaved changes stay. It is the
 * message that the host's own preview window sends; a host that does not know it shows the old stage until it is opened anew.
 */
export function refreshForm(): void {
  window.dispatchEvent(new MessageEvent('message', { data: 'refresh', origin: window.location.origin }));
}
