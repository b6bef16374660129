import { onBeforeUnmount, onMounted, type Ref } from 'vue';

/** Calls once as soon as an element can be seen: a form does not ask for what lies in a closed section. */
export function useShown(element: Ref<HTMLElement | null>, onShown: () => void): void {
  let observer: IntersectionObserver | null = null;
  onMounted(() => {
    observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer?.disconnect();
      onShown();
    });
    observer.observe(element.value!);
  });
  onBeforeUnmount(() => observer?.disconnect());
}
