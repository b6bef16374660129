import { notifierOf } from '../../platform/api/notify.ts';
import { NOTICES } from './locale/notices.ts';

/** Puts a note about a form into people's inboxes. It names nobody. */
export const tell = notifierOf(NOTICES);
