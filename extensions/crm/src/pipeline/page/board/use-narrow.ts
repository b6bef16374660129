import { onBeforeUnmount, ref, type Ref } from 'vue';

/** Whether there is room for one column only; follows the window, since nothing that was begun is lost by it. */
export function useNarrow(): { isNarrow: Ref<boolean> } {
  const media = matchMedia('(max-width: 700px)');
  const isNarrow = ref(media.matches);
  const follow = (): void => void (isNarrow.value = media.matches);
  media.addEventListener('change', follow);
  onBeforeUnmount(() => media.removeEventListener('change', follow));
  return { isNarrow };
}
