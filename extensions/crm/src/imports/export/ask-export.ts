import { requestApproval } from '../../approvals/index.ts';
import { labelsOf } from '../../audit/labels.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Row } from '../../platform/api/host.ts';
import { newSubject, requireRing, SUBJECT_KEYS } from '../../privacy/index.ts';
import { rowAllowance } from '../rules/export-right.ts';
import { EXPORT_OVER_LIMIT, type AskedRows } from './approval-kind.ts';
import { callerRows, type CallerRows } from './caller-rows.ts';
import { EXPORTS, type ExportRow } from './export-row.ts';
import { countWanted } from './find-rows.ts';
import { tableOf, wantedIn, type ExportOrder, type ExportPorts } from './make-export.ts';
import { exportRefusal } from './refuse.ts';
import { rowOf } from './row-of-order.ts';
import { rowsLeftToday } from './rows-left-today.ts';
import { sealWish } from './wish.ts';

/** So many of one person wait to be decided or begun at most. */
const MOST_OPEN = 5;

/** How many rows that is and what the caller may; null where it is not too much and nobody needs to be asked. */
async function measure(ports: ExportPorts, order: ExportOrder, rows: CallerRows): Promise<AskedRows | null> {
  const { actor } = order;
  const most = rowAllowance(actor, ports.settings.allowances);
  if (!most) throw exportRefusal('no_right', actor.language);
  const count = await countWanted(rows, wantedIn(order));
  if (!count) throw exportRefusal('no_rows', actor.language);
  const left = await rowsLeftToday(ports, actor);
  if (count <= Math.min(most, left)) return null;
  const { mostAsked } = ports.settings;
  if (count > mostAsked) throw exportRefusal('too_many_to_ask', actor.language, { rows: count, most: mostAsked });
  return { rows: count, most, left };
}

/**
 * Asks for the approval of an export that is more than the caller may take out (SEC-5, APR-1). What is wrong with it is refused
 * now, by the rows, fields and order that the caller has; nothing leaves before somebody else agreed and the caller begins it.
 *
 * @returns null where it needs no approval.
 */
export async function askExport(ports: ExportPorts, order: ExportOrder): Promise<ExportRow | null> {
  const { context, clock, keys, approvals } = ports;
  const { actor, collection } = order;
  const rows = callerRows(context, { ...order, goOn: () => undefined }, collection);
  const asked = await measure(ports, order, rows);
  if (!asked) return null;
  await tableOf(ports, order, rows, order.ids ?? null);
  const ring = requireRing(keys, actor.language);
  const label = (await labelsOf(context.database, [collection], actor.language))[collection]?.name ?? collection;
  const begun = await rowOf(ports, order);
  const { subject, row: key } = newSubject(ring, EXPORTS, begun.id, clock.now());
  const row: ExportRow = {
    ...begun,
    ...{ status: 'asked', rows_total: asked.rows, approved_rows: asked.rows, wish: sealWish(subject, order) },
  };
  await context.database.transaction(async (database) => {
    // Two requests of one person come one after the other.
    await database('directus_users').where({ id: actor.user }).forNoKeyUpdate().first('id');
    const [open] = await database(EXPORTS).where({ owner: actor.user }).whereIn('status', ['asked', 'approved']).count({ n: '*' });
    if (Number(open?.['n'] ?? 0) >= MOST_OPEN) throw exportRefusal('asked_enough', actor.language, { most: MOST_OPEN });
    await database(SUBJECT_KEYS).insert(key);
    await database(EXPORTS).insert({ ...row, user_created: row.owner });
    await changeLog().created(database, EXPORTS, [row.id]);
    await requestApproval(database, approvals, {
      ...{ kind: EXPORT_OVER_LIMIT, collection: EXPORTS, item: row.id, about: null, segment: row.segment, owner: row.owner },
      ...{ title: `${label} · ${asked.rows.toLocaleString(actor.language ?? 'zh-CN')}`, asked: { ...asked } satisfies Row },
      ...{ reason: row.reason, requestedBy: actor.user },
    });
  });
  return row;
}
