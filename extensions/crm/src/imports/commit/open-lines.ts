import type { Knex } from '../../platform/api/host.ts';
import { IMPORT_ROWS } from '../staging.ts';
import { WRITTEN } from './import-record.ts';

/** Of these an import has something to do: rows to write, and rows to note as known. */
const OPEN = [...WRITTEN, 'known'] as const;

/**
 * The lines of an import that are to be worked on. A line that brings another contact of a company waits for the line that
 * brings the company: as long as that one is left out, suspected or with an error, the contact is not imported either (F32).
 */
export const openLinesOf = (database: Knex, id: string): Knex.QueryBuilder =>
  database(`${IMPORT_ROWS} as own`)
    .where({ 'own.import': id, 'own.state': 'staged' })
    .whereIn('own.verdict', [...OPEN])
    .andWhere(
      (free) =>
        void free.whereNull('own.company_line').orWhereExists(
          database(`${IMPORT_ROWS} as first`)
            .where({ 'first.import': id })
            .whereRaw('?? = ??', ['first.line', 'own.company_line'])
            .andWhere(
              (goes) =>
                void goes
                  .where({ 'first.state': 'done' })
                  .orWhere((next) => void next.where({ 'first.state': 'staged' }).whereIn('first.verdict', [...OPEN])),
            )
            .select(database.raw('1')),
        ),
    );
