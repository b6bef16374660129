import { randomUUID } from 'node:crypto';
import type { Clock } from '../platform/api/clock.ts';
import type { Row } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import type { Keys } from '../platform/api/keys.ts';
import type { WriteContext, WriteStep } from '../platform/api/write-pipeline.ts';
import { settleKind } from './kind-change.ts';
import type { ReadRows } from './readable.ts';
import { privacyRefusal, refuseFields } from './refuse.ts';
import { requireRing } from './require-ring.ts';
import { isMask } from './rules/mask.ts';
import { isSealedIn, SEALED_COLLECTIONS, sealedFieldsOf, type SealedField } from './rules/sealed-fields.ts';
import { clearColumns, emptyColumns, sealedColumns } from './seal-row.ts';
import type { Subject } from './subject-key.ts';
import { ensureSubject, eraseSubjects, insertSubject } from './subject-keys.ts';
import { markWritten } from './written-mark.ts';

export interface SealPorts {
  keys: Keys;
  clock: Clock;
  read: ReadRows;
}

/**
 * Last of all, after every value has its stored form: what a person typed becomes mask, cipher and index, in the one
 * INSERT or UPDATE of the host (SEC-1, design.md 4). So clear text is in no statement, and in nothing that the host
 * writes from what it stored: revisions, activity, events.
 */
export function sealStep({ keys, clock, read }: SealPorts): WriteStep {
  return {
    name: 'privacy/seal',
    collections: SEALED_COLLECTIONS,

    async beforeCreate(payload, context) {
      const sent = sentValues(payload, context.collection);
      if (!sent.length) return;
      const { collection, database, actor } = context;
      refuseMasks(sent, context);
      const ring = requireRing(keys, actor?.language);
      const item = typeof payload['id'] === 'string' ? payload['id'] : randomUUID();
      const isPersonal = sent.some(({ declared }) => isSealedIn(declared, payload));
      const isNew = payload['id'] === undefined || payload['id'] === null;
      const subject = !isPersonal
        ? null
        : isNew
          ? await insertSubject(database, ring, { collection, item }, clock.now())
          : await subjectOf(context, ring, item, clock.now());
      let row: Row = { ...payload, id: item };
      for (const { declared, value } of sent) {
        const columns = isSealedIn(declared, payload) ? sealedColumns(ring, subject!, declared, value) : clearColumns(declared, value);
        row = { ...row, ...columns };
      }
      return row;
    },

    async beforeUpdate(payload, ids, context) {
      const named = sealedFieldsOf(context.collection).filter(({ field }) => payload[field] !== undefined);
      if (!named.length) return;
      let row: Row = { ...payload };
      for (const declared of named) if (isEmpty(payload[declared.field])) row = { ...row, ...emptyColumns(declared) };
      const sent = sentValues(payload, context.collection);
      return sent.length ? sealSent(row, sent, ids, context) : row;
    },

    async afterWrite(change) {
      if (change.action === 'delete') await eraseSubjects(change.database, change.collection, [change.item]);
      else await settleKind(change, keys, clock);
    },
  };

  /** An update runs before the permission check: of rows out of reach nothing is written and nothing said; the host refuses. */
  async function sealSent(row: Row, sent: readonly Sent[], ids: readonly string[], context: WriteContext): Promise<Row> {
    const { collection, actor } = context;
    refuseMasks(sent, context);
    const several = (declared: SealedField) =>
      refuseFields([{ collection, field: declared.field, reason: 'one_for_several' }], actor?.language);
    for (const { declared } of sent) if (ids.length > 1 && !declared.when) several(declared);
    const deciding = [...new Set(sent.flatMap(({ declared }) => (declared.when ? [declared.when.field] : [])))];
    const reached = await read(context, collection, ids, deciding);
    const sealed = { ...row };
    if (!reached.length) {
      for (const { declared } of sent) delete sealed[declared.field];
      return sealed;
    }
    const ring = requireRing(keys, actor?.language);
    let subject: Subject | null = null;
    for (const { declared, value } of sent) {
      const isPersonal = reached.some((stored) => isSealedIn(declared, { ...stored, ...definedOf(row) }));
      if (isPersonal && ids.length > 1) several(declared);
      if (isPersonal) subject ??= await subjectOf(context, ring, ids[0]!, clock.now());
      const columns = isPersonal ? sealedColumns(ring, subject!, declared, value) : clearColumns(declared, value);
      Object.assign(sealed, isPersonal || !context.accountability ? columns : markWritten(columns, declared));
    }
    return sealed;
  }
}

interface Sent {
  declared: SealedField;
  value: string;
}

const isEmpty = (value: unknown): boolean => value === null || value === '';

const sentValues = (payload: Row, collection: string): Sent[] =>
  sealedFieldsOf(collection).flatMap((declared) => {
    const value = payload[declared.field];
    return value === undefined || isEmpty(value) ? [] : [{ declared, value: typeof value === 'string' ? value : JSON.stringify(value) }];
  });

/** What is absent from a payload leaves the stored value as it is. */
const definedOf = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));

/** The mask step has let none through from people; internal work that copies rows must not seal one either. */
function refuseMasks(sent: readonly Sent[], { collection, actor }: WriteContext): void {
  const masks = sent.filter(({ value }) => isMask(value));
  refuseFields(
    masks.map(({ declared }) => ({ collection, field: declared.field, reason: 'hidden_value' })),
    actor?.language,
  );
}

/** A key that does not open may come back with its master key: it is never replaced. */
async function subjectOf({ database, collection, actor }: WriteContext, ring: Keyring, item: string, now: Date): Promise<Subject> {
  const subject = await ensureSubject(database, ring, { collection, item }, now);
  if (!subject.accepted) throw privacyRefusal('keys_unusable', actor?.language);
  return subject.value;
}
