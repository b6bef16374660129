import { createHash } from 'node:crypto';
import { canonical } from '../../audit/rules/canonical.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { Certificate, CertifiedPerson } from './certificate-shape.ts';
import { namesOf } from './list-people.ts';
import { loadParty } from './party.ts';
import { scopeOf } from './rules/parties.ts';
import { JOURNAL, rulesOf, sumOf, type Counts, type HandoverRow } from './record.ts';

/** The hash of a certificate: of its one canonical text, so that anybody can make it again. */
export const hashOf = (certificate: unknown): string => createHash('sha256').update(canonical(certificate)).digest('hex');

const isoOf = (value: unknown): string => new Date(value as string | number | Date).toISOString();

/** Whoever asked reads it, too: who works in another segment by now has no name for a segment's admin (ORG-2). */
async function isNamed(database: Knex, asker: string | null, ids: readonly string[]): Promise<(id: string) => boolean> {
  const person = asker ? await loadParty(database, asker) : null;
  const scope = person && scopeOf(person);
  if (!scope?.segments) return () => true;
  const names = await namesOf(database, scope, ids);
  return (id) => names.has(id);
}

/** What is certified of a hand-over that has just come to its end. */
export async function certify(database: Knex, handover: HandoverRow, counts: Counts, now: Date): Promise<Certificate> {
  const rules = rulesOf(handover);
  const ids = [...new Set([handover.from, handover.user_created, ...rules.map(({ to }) => to)].filter((id) => id !== null))];
  const people: { id: string; last_name: string | null; first_name: string | null; crm_employee_no: string | null }[] = await database(
    'directus_users',
  )
    .whereIn('id', ids)
    .select('id', 'last_name', 'first_name', 'crm_employee_no');
  const named = await isNamed(database, handover.user_created, ids);
  const certified = new Map(
    people
      .filter(({ id }) => named(id))
      .map((row) => [
        row.id,
        { id: row.id, name: [row.last_name, row.first_name].filter(Boolean).join(''), employee_no: row.crm_employee_no ?? null },
      ]),
  );
  const given: { rule: number; collection: string; rows: unknown }[] = await database(JOURNAL)
    .where({ handover: handover.id, state: 'done' })
    .whereNotNull('rule')
    .groupBy('rule', 'collection')
    .select('rule', 'collection')
    .count({ rows: '*' });
  const segment = await database('crm_segments').where({ id: handover.segment }).first('code', 'name');
  const nobody = (id: string): CertifiedPerson => ({ id, name: '', employee_no: null });
  return {
    kind: 'handover',
    version: 1,
    id: handover.id,
    segment: { code: segment.code, name: segment.name },
    from: certified.get(handover.from) ?? nobody(handover.from),
    by: handover.user_created ? (certified.get(handover.user_created) ?? null) : null,
    reason: handover.reason,
    asked_at: isoOf(handover.date_created),
    finished_at: now.toISOString(),
    rules: rules.map(({ to, collection, where }, place) => ({
      to: certified.get(to) ?? nobody(to),
      collection,
      where: where ?? null,
      roots: Object.fromEntries(given.filter(({ rule }) => Number(rule) === place).map((row) => [row.collection, Number(row.rows)])),
    })),
    moved: counts.moved,
    left: counts.left,
    total: sumOf(counts.moved),
  };
}
