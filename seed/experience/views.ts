/** The list, board and calendar views that bookmarks and default views are made of, in the words of the Studio's layouts. */
export interface View {
  layout: 'tabular' | 'crm-board' | 'calendar';
  layout_query: Record<string, object>;
  layout_options: Record<string, object>;
}

/** A list with these columns (their width in pixels), in this order. */
export function table(columns: Readonly<Record<string, number>>, sort: string): View {
  return {
    layout: 'tabular',
    layout_query: { tabular: { fields: Object.keys(columns), sort: [sort], page: 1, limit: 25 } },
    layout_options: { tabular: { widths: columns, spacing: 'comfortable' } },
  };
}

/** Opportunities as cards in a column for each stage: the board of pipeline/, which asks for what a stage wants, undoes and says why. */
export const board: View = { layout: 'crm-board', layout_query: {}, layout_options: {} };

/** Activities by their planned day. */
export function calendarByDueDay(): View {
  return {
    layout: 'calendar',
    layout_query: {},
    layout_options: {
      calendar: { template: '{{subject}}', startDateField: 'due_on', endDateField: null, firstDay: 1, viewInfo: { type: 'dayGridMonth' } },
    },
  };
}
