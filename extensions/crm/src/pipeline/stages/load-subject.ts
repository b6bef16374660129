import { COLLECTIONS } from '../../kernel/collections.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { fromStoredDay } from '../../platform/api/stored-day.ts';
import { discountOf } from '../discount/discount-of.ts';
import { hasSigned } from '../orders/signed.ts';
import type { Subject } from '../rules/stage-gate.ts';
import { fromStoredJson } from './load-stages.ts';

const FIELDS = COLLECTIONS['crm_opportunities']!.fields;

/** An opportunity's own values as the rules compare them, whichever database or client they come from. */
function plainValues(row: Row): Row {
  const plain = ([name, value]: [string, unknown]): [string, unknown] => {
    const type = FIELDS[name]?.type;
    if (value === null || value === undefined || value === '') return [name, null];
    if (type === 'date') return [name, fromStoredDay(value)];
    if (type === 'decimal') return [name, Number(value)];
    return [name, type === 'timestamp' ? new Date(value as string).toISOString() : value];
  };
  return Object.fromEntries(Object.entries(row).map(plain));
}

/**
 * What stages ask about, of one opportunity.
 *
 * @param sales whether to look for a signed order or contract; a write that brings its own is judged after it.
 */
export async function loadSubject(database: Knex, row: Row, { sales = true } = {}): Promise<Subject> {
  const customer = row['customer'] ? await database('crm_customers').where({ id: row['customer'] }).first('status', 'missing') : null;
  const missing = fromStoredJson(customer?.missing);
  return {
    values: plainValues(row),
    signed: sales ? await hasSigned(database, row['id'] as string) : undefined,
    customer: { status: customer?.status ?? 'draft', missing: Array.isArray(missing) ? (missing as string[]) : [] },
    discount: await discountOf(database, row),
  };
}
