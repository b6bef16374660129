/** A business day as people read it, whatever the zone of the machine; of a moment the day counts that it begins with. */
export const toDayText = (day: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
