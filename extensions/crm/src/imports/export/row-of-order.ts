import { randomUUID } from 'node:crypto';
import { labelsOf } from '../../audit/labels.ts';
import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import { maskText } from '../../privacy/index.ts';
import { toSafeFileName } from '../rules/safe-cell.ts';
import { namesIn, type Asked, type ExportRow } from './export-row.ts';
import type { ExportOrder, ExportPorts } from './make-export.ts';
import { homeZoneOf, segmentOf } from './maker.ts';
import { standingOf } from './standing.ts';

/** An export as it is written down before anything of it is made. */
export async function rowOf(
  { context: { database }, clock }: Pick<ExportPorts, 'context' | 'clock'>,
  order: ExportOrder,
): Promise<ExportRow> {
  const { actor, collection, format } = order;
  const now = clock.now();
  const place = { owner: actor.user, segment: segmentOf(actor) };
  const name = (await labelsOf(database, [collection], actor.language))[collection]?.name ?? collection;
  return {
    id: randomUUID(),
    file_name: toSafeFileName(`${name} ${toBusinessDate(now, await homeZoneOf(database, place))}`, format),
    collection,
    format,
    status: 'running',
    rows_total: 0,
    rows_done: 0,
    reason: maskText(order.reason),
    asked: JSON.stringify(askedIn(order)),
    fault: null,
    expires_at: null,
    ...{ approved_rows: null, start_by: null, started_at: null, wish: null },
    ...place,
    date_created: now,
  };
}

const askedIn = ({ ids, fields, question: { filter, search, sort }, actor }: ExportOrder): Asked => ({
  ids: ids?.length ?? null,
  filter: ids ? [] : namesIn(filter),
  search: !ids && search !== null,
  sort: ids ? [] : sort,
  fields: [...(fields ?? [])],
  standing: standingOf(actor),
  segments: [],
});
