import { onBeforeUnmount, ref, type Ref } from 'vue';

/** Narrower than the host's own smallest layout: a phone held upright. */
const PHONE = '(max-width: 600px)';

/** Whether the page is shown on a phone; follows when it is turned. */
export function usePhone(): Ref<boolean> {
  const query = matchMedia(PHONE);
  const isPhone = ref(query.matches);
  const follow = () => (isPhone.value = query.matches);
  query.addEventListener('change', follow);
  onBeforeUnmount(() => query.removeEventListener('change', follow));
  return isPhone;
}
