import { labelsOf, type Labels } from '../../audit/labels.ts';
import type { Actor, Language } from '../../platform/api/actor.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { CELL_TEXTS } from '../locale/export-texts.ts';
import { canBeColumn, planColumn, usualColumns, type ColumnPlan } from '../rules/export-columns.ts';
import { valueAt } from '../rules/export-order.ts';
import { personName } from '../rules/person-name.ts';

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

/**
 * The columns of an export, in the words of the user's forms.
 *
 * @param asked the fields that were named; one that the caller does not read is refused like one that does not exist.
 * @param sample a row with everything that the caller reads of it.
 * @param isWide whether the caller sees rows of more than one segment.
 */
export async function tableFor(
  database: Knex,
  actor: Actor,
  collection: string,
  { asked, sample, isWide }: { asked: readonly string[] | undefined; sample: Row; isWide: boolean },
): Promise<ExportTable> {
  const readable = new Set(Object.keys(sample));
  const fields = asked ? [...new Set(asked)] : usualColumns(collection, readable, isWide);
  if (!fields.every((field) => readable.has(field) && canBeColumn(collection, field))) throw forbidden();
  const labels: Labels[string] | undefined = (await labelsOf(database, [collection], actor.language))[collection];
  return {
    name: labels?.name ?? collection,
    columns: fields.map((field) => {
      const label = labels?.fields[field] ?? field;
      const heading = label === field ? field : `${label} (${field})`;
      return { ...planColumn(collection, field), label, heading, choices: labels?.choices[field] ?? {} };
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
      return localMoment(value, timeZone);
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
