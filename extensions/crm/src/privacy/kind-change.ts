import type { Clock } from '../platform/api/clock.ts';
import type { Row } from '../platform/api/host.ts';
import type { Keys } from '../platform/api/keys.ts';
import type { AfterWrite } from '../platform/api/write-pipeline.ts';
import { privacyRefusal } from './refuse.ts';
import { indexColumn, isSealedIn, sealedColumn, sealedFieldsOf, type SealedField } from './rules/sealed-fields.ts';
import { scrubRevisions } from './scrub-revisions.ts';
import { isMaskOf } from './rules/mask.ts';
import { sealedColumns } from './seal-row.ts';
import { requireRing } from './require-ring.ts';
import { ensureSubject } from './subject-keys.ts';
import { isMarked } from './written-mark.ts';

/**
 * A customer that becomes a person's has its number sealed in the same transaction, before the host keeps its copy of the
 * row, and its earlier copies are masked (SEC-1). Back to a company nothing opens by itself. Only fields whose sealing
 * depends on the row are looked at.
 */
export async function settleKind(change: AfterWrite, keys: Keys, clock: Clock): Promise<void> {
  const dependent = sealedFieldsOf(change.collection).filter(({ when }) => when);
  if (!dependent.length) return;
  const columns = dependent.flatMap(({ field, when }) => [field, sealedColumn(field), indexColumn(field), when!.field]);
  const row: Row | undefined = await change.database(change.collection).where({ id: change.item }).first(columns);
  if (row) for (const declared of dependent) await settleField(change, declared, row, keys, clock);
}

async function settleField(change: AfterWrite, declared: SealedField, row: Row, keys: Keys, clock: Clock): Promise<void> {
  const { database, collection, item, actor } = change;
  const { field } = declared;
  const index = row[indexColumn(field)];
  const store = (columns: Row) => database(collection).where({ id: item }).update(columns);
  const isClear = typeof row[field] === 'string' && row[field] !== '' && !isMaskOf(declared.mask, row[field]) && !row[sealedColumn(field)];
  if (isClear && isSealedIn(declared, row)) {
    if (isMarked(index)) throw privacyRefusal('kind_changed', actor?.language);
    const ring = requireRing(keys, actor?.language);
    const subject = await ensureSubject(database, ring, { collection, item }, clock.now());
    if (!subject.accepted) throw privacyRefusal('keys_unusable', actor?.language);
    await store(sealedColumns(ring, subject.value, declared, row[field] as string));
    await scrubRevisions(database, collection, [item], { relations: change.schema?.relations ?? [] });
  } else if (isMarked(index)) await store({ [indexColumn(field)]: null });
}
