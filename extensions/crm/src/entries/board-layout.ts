import { defineLayout } from '@directus/extensions-sdk';
import BoardLayout from '../pipeline/page/board/board-layout.vue';
import { BOARD } from '../pipeline/page/locale.ts';

const nothing = (): null => null;

/** The board as a layout of the host: a bookmark of opportunities opens it in the place of the host's own kanban. */
export default defineLayout({
  id: 'crm-board',
  name: `${BOARD.title['zh-CN']} · ${BOARD.title['en-US']}`,
  icon: 'view_kanban',
  component: BoardLayout,
  slots: { options: nothing, sidebar: nothing, actions: nothing },
  setup: () => ({}),
});
