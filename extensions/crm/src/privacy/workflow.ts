import { isUuid } from '../kernel/uuid.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { RecordAudit } from '../platform/api/audit-port.ts';
import type { Clock } from '../platform/api/clock.ts';
import type { Accountability, HostContext, Row, SchemaOverview } from '../platform/api/host.ts';
import type { Keys } from '../platform/api/keys.ts';
import { forbidden } from '../platform/api/refusal.ts';
import { FOLLOW_UP } from './contract.ts';
import { flagDamaged } from './damaged-values.ts';
import { readableRows } from './readable.ts';
import { privacyRefusal } from './refuse.ts';
import { requireRing } from './require-ring.ts';
import { habitOf, holdPerson, limitsOf, recordsOf, writeLook, type Look } from './reveal-log.ts';
import { maskText } from './rules/mask-text.ts';
import { isMaskOf } from './rules/mask.ts';
import { saysSomething } from './rules/reveal-reason.ts';
import { decideNotice, mayLook } from './rules/reveal-limits.ts';
import { isSealedIn, sealedColumn, sealedFieldsOf, type SealedField } from './rules/sealed-fields.ts';
import { openValue } from './subject-key.ts';
import { findSubject } from './subject-keys.ts';
import { tellHeads } from './tell-heads.ts';

export interface RevealPorts {
  context: HostContext;
  keys: Keys;
  clock: Clock;
  recordAudit: RecordAudit;
}

export interface RevealOrder {
  actor: Actor;
  accountability: Accountability;
  schema: SchemaOverview;
  collection: string;
  item: string;
  field: string;
  reason: string;
}

/**
 * Shows one sealed value (SEC-5, Q11): row right, field right, a reason; then the look itself is written down, counted and
 * audited in one transaction, and only then the value leaves. Rows of others answer like absent ones.
 */
export async function reveal(ports: RevealPorts, order: RevealOrder): Promise<string | null> {
  const { actor, collection, field } = order;
  const declared = sealedFieldsOf(collection).find((one) => one.field === field);
  if (!declared) throw privacyRefusal('no_such_field', actor.language, { field: field.slice(0, 64) });
  // A reason is kept for years and cannot be changed: no number or address stays in it.
  const reason = maskText(order.reason.replaceAll(/\p{Cf}/gu, '').trim());
  if (!saysSomething(reason)) throw privacyRefusal('reason_needed', actor.language);
  const row = await readRow(ports, order, declared);
  if (reason === FOLLOW_UP && row['owner'] !== actor.user) throw privacyRefusal('owner_only', actor.language);
  const stored = row[field];
  if (stored === null || stored === undefined || stored === '') return null;
  if (typeof stored === 'string' && !isMaskOf(declared.mask, stored) && !isSealedIn(declared, row)) return stored;

  const value = await openStored(ports, order, declared, String(row['id']).toLowerCase());
  await writeDown(ports, {
    actor,
    collection,
    item: String(row['id']).toLowerCase(),
    field,
    reason,
    segment: row['segment'] as string,
    owner: (row['owner'] as string | null) ?? null,
    at: ports.clock.now(),
  });
  return value;
}

/** The row as the caller reads it through the host, whose rules decide. */
async function readRow(
  { context }: RevealPorts,
  { accountability, schema, collection, item }: RevealOrder,
  declared: SealedField,
): Promise<Row> {
  if (!isUuid(item)) throw forbidden();
  const fields = ['owner', 'segment', declared.field, ...(declared.when ? [declared.when.field] : [])];
  const read = readableRows(context.services);
  const [row] = await read({ database: context.database, schema, accountability }, collection, [item], fields);
  if (!row) throw forbidden();
  return row;
}

async function openStored(
  { context: { database }, keys }: RevealPorts,
  { actor, collection, field }: RevealOrder,
  { mask }: SealedField,
  item: string,
): Promise<string> {
  const ring = requireRing(keys, actor.language);
  const row = await database(collection).where({ id: item }).first(field, sealedColumn(field));
  const cipher: unknown = row?.[sealedColumn(field)];
  if (typeof cipher !== 'string' || !cipher) {
    const clear: unknown = row?.[field];
    // Not sealed yet (the doctor says so): what stands there is the value.
    if (typeof clear === 'string' && !isMaskOf(mask, clear)) return clear;
    throw privacyRefusal('damaged', actor.language);
  }
  const subject = await findSubject(database, ring, { collection, item });
  // A key that is lost, or another one under its id, may come back: no value is called damaged for that.
  if (!subject.accepted && subject.reason !== 'erased') throw privacyRefusal('keys_unusable', actor.language);
  const opened = subject.accepted ? openValue(subject.value, field, cipher) : subject;
  if (opened.accepted) return opened.value;
  await flagDamaged(database, { collection, item, field }, cipher);
  throw privacyRefusal('damaged', actor.language);
}

async function writeDown({ context, recordAudit }: RevealPorts, look: Look): Promise<void> {
  const { actor, collection, item, field, segment, reason, at } = look;
  await context.database.transaction(async (transaction) => {
    await holdPerson(transaction, actor);
    const { today, isKnown } = await recordsOf(transaction, look);
    const limits = await limitsOf(transaction, actor);
    if (!isKnown && !mayLook(today, limits)) throw privacyRefusal('reveal_stop', actor.language, { limit: limits.stopAt });
    await writeLook(transaction, look);
    await recordAudit(transaction, { action: 'reveal', collection, item, field, user: actor.user, segment, reason, at });
    const notice = isKnown ? null : decideNotice(today + 1, await habitOf(transaction, look), limits);
    if (notice) await tellHeads(transaction, actor, notice, today + 1);
  });
}
