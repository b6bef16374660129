/** The list, board and calendar views that bookmarks and default views are made of, in the words of the Studio's layouts. */
export interface View {
  layout: 'tabular' | 'kanban' | 'calendar';
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

/** Opportunities as cards in a column for each stage; `people` shows whose they are. */
export function boardByStage({ people }: { people: boolean }): View {
  return {
    layout: 'kanban',
    layout_query: { kanban: { limit: 500, sort: ['-amount'], page: 1 } },
    layout_options: {
      kanban: {
        groupField: 'stage',
        groupTitle: 'name',
        titleField: 'title',
        textField: people ? 'owner' : 'amount',
        dateField: 'expected_close_on',
        tagsField: null,
        userField: null,
        imageSource: null,
        showUngrouped: false,
      },
    },
  };
}

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
