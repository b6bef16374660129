import { COLLECTIONS } from '../../kernel/collections.ts';
import { labelsOf, type Labels } from '../../audit/labels.ts';
import type { Actor, Language } from '../../platform/api/actor.ts';
import type { Knex, Row, SchemaOverview } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { CELL_TEXTS } from '../locale/export-texts.ts';
import { canBeColumn, planColumn, usualColumns, type AddedField, type ColumnPlan } from '../rules/export-columns.ts';
import { valueAt } from '../rules/export-order.ts';
import { personName } from '../rules/person-name.ts';
import { seesSeveral } from './standing.ts';

/** A cell: a text that stays one, a number, or nothing. */
export type Cell = string | number | null;

export interface ExportColumn extends ColumnPlan {
  label: string;
  /** The label, with the field's own name behind it: by one of them an import finds the column again. */
  heading: string;
  /** What stored choices are called. */
  choices: Readonly<Record<string, string>>;
}

export interface ExportTable {
  name: string;
  columns: ExportColumn[];
}

/** What the host's schema says of a field that is not in the model; null for one of the model. */
export function addedField({ collections, relations }: SchemaOverview, collection: string, field: string): AddedField | null {
  const stands = collections[collection]?.fields[field];
  if (!stands || COLLECTIONS[collection]?.fields[field]) return null;
  const link = relations.find((one) => one.collection === collection && one.field === field);
  return { type: stands.type, to: link?.related_collection ?? null };
}

/**
 * The columns of an export, in the words of the user's forms.
 *
 * @param order.fields the fields that were named; one that the caller does not read is refused like one that does not exist.
 * @param sample a row with everything that the caller reads of it.
 * @param mayRead whether the caller reads what lies behind a link.
 */
export async function tableFor(
  database: Knex,
  order: { actor: Actor; collection: string; schema: SchemaOverview; fields: readonly string[] | undefined },
  { sample, mayRead }: { sample: Row; mayRead: (paths: readonly string[]) => Promise<boolean> },
): Promise<ExportTable> {
  const { actor, collection, schema } = order;
  const readable = new Set(Object.keys(sample));
  const addedOf = (field: string) => addedField(schema, collection, field);
  const fields = order.fields ? [...new Set(order.fields)] : usualColumns(collection, readable, seesSeveral(actor), addedOf);
  if (!fields.every((field) => readable.has(field) && canBeColumn(collection, field, addedOf(field)))) throw forbidden();
  const plans: ColumnPlan[] = [];
  for (const field of fields) {
    const added = addedOf(field);
    const plan = planColumn(collection, field, added);
    // The model's links are read by whoever reads the field; what an administrator's leads to is another matter.
    const isOpen = !added || plan.kind !== 'link' || (await mayRead(plan.paths));
    plans.push(isOpen ? plan : planColumn(collection, field));
  }
  const labels: Labels[string] | undefined = (await labelsOf(database, [collection], actor.language))[collection];
  return {
    name: labels?.name ?? collection,
    columns: plans.map((plan) => {
      const { field } = plan;
      const label = labels?.fields[field] ?? field;
      const heading = label === field ? field : `${label} (${field})`;
      const choices = labels?.choices[field] ?? {};
      const isChosen = plan.kind === 'text' && Object.keys(choices).length > 0;
      return { ...plan, kind: isChosen ? 'choice' : plan.kind, label, heading, choices };
    }),
  };
}

const texts = (...values: unknown[]): string[] => values.filter((value): value is string => typeof value === 'string' && value !== '');

/** What a linked row is called, in the form in which an import finds it. */
function nameOf(to: string | null, linked: unknown, language: Language): string {
  if (typeof linked !== 'object' || linked === null) return '';
  const row = linked as Row;
  if (to === 'directus_users') return personName(row);
  if (to === 'crm_industries') {
    const english = language === 'en-US' ? texts(row['name_en']) : [];
    const [name = ''] = [...english, ...texts(row['name'])];
    return `${texts(row['code']).join('')} ${name}`.trim();
  }
  return texts(...Object.entries(row).flatMap(([key, value]) => (key === 'id' ? [] : [value])))[0] ?? '';
}

const moments = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-20 14:30:00`, in the zone of the user's work. */
export function localMoment(value: unknown, timeZone: string): string {
  const moment = new Date(value as string | number | Date);
  if (Number.isNaN(moment.getTime())) return '';
  const format = moments.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  moments.set(timeZone, format);
  return format.format(moment);
}

const offsets = new Map<string, Intl.DateTimeFormat>();

/** The same with how far its clocks are ahead, so that it is the same moment wherever it is read: `2026-11-20 14:30:00+08:00`. */
function zonedMoment(value: unknown, timeZone: string): string {
  const local = localMoment(value, timeZone);
  if (!local) return '';
  const format = offsets.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  offsets.set(timeZone, format);
  const parts = format.formatToParts(new Date(value as string | number | Date));
  const offset = parts.find(({ type }) => type === 'timeZoneName')!.value.replace('GMT', '');
  return `${local}${offset || '+00:00'}`;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What stands in a column of a row, as a person reads it. */
export function cellOf(column: ExportColumn, row: Row, { language, timeZone }: { language: Language; timeZone: string }): Cell {
  const value = valueAt(row, column.field);
  if (value === null) return null;
  switch (column.kind) {
    case 'number':
      return Number.isFinite(Number(value)) ? Number(value) : asText(value);
    case 'yes_no':
      return say(value === true || value === 1 ? CELL_TEXTS.yes : CELL_TEXTS.no, language);
    case 'choice':
      return Object.hasOwn(column.choices, asText(value)) ? column.choices[asText(value)]! : asText(value);
    case 'day':
      return asText(value).slice(0, 10);
    case 'moment':
      return zonedMoment(value, timeZone) || null;
    case 'link':
      return nameOf(column.to, value, language) || null;
    case 'links':
      return linkedNames(column, value, language).join(language === 'zh-CN' ? '、' : ', ') || null;
    default:
      return asText(value) || null;
  }
}

/** The rows of a list behind their links. */
function linkedNames({ to, paths, field }: ExportColumn, value: unknown, language: Language): string[] {
  const through = paths[0]?.slice(field.length + 1).split('.')[0] ?? '';
  return (Array.isArray(value) ? value : []).map((link) => nameOf(to, valueAt(link, through), language)).filter(Boolean);
}

/** The same for programs: stored values, linked rows with their keys. */
export function plainOf(column: ExportColumn, row: Row, language: Language): unknown {
  const value = valueAt(row, column.field);
  if (value === null) return null;
  if (column.kind === 'number') return Number(value);
  if (column.kind === 'links') return linkedNames(column, value, language);
  if (column.kind === 'link') return { id: valueAt(value, 'id'), name: nameOf(column.to, value, language) };
  return value;
}
