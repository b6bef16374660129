/** How a missing field is asked for; `elsewhere` is filled in on the record, where its own form is. */
export type InputKind = 'line' | 'prose' | 'number' | 'day' | 'choice' | 'elsewhere';

export interface FieldShape {
  type: string;
  meta?: { interface?: string | null; options?: { choices?: { text: string; value: unknown }[] | null; step?: unknown } | null } | null;
}

const BY_TYPE: Readonly<Record<string, InputKind>> = {
  string: 'line',
  text: 'prose',
  integer: 'number',
  bigInteger: 'number',
  decimal: 'number',
  float: 'number',
  date: 'day',
};

/** The input that fits a field of the model, an administrator's own fields included. */
export function inputKindOf(field: FieldShape | null): InputKind {
  if (!field) return 'elsewhere';
  if (field.meta?.interface === 'select-dropdown' && field.meta.options?.choices?.length) return 'choice';
  return BY_TYPE[field.type] ?? 'elsewhere';
}

/** A typed value as the server takes it; null where nothing was typed or where it is no number. */
export function typedValue(kind: InputKind, typed: unknown): string | number | null {
  const text = (typeof typed === 'string' || typeof typed === 'number' ? `${typed}` : '').trim();
  if (!text) return null;
  if (kind !== 'number') return text;
  const value = Number(text.replaceAll(/[,，\s]/gu, ''));
  return Number.isFinite(value) ? value : null;
}
