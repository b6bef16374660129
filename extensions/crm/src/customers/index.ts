/** What other slices may use of this one: the rules by which every typed value gets its stored form (CUS-6, CUS-7, DQ-6). */
export { normalise } from './rules/normalise.ts';
export { formOf } from './rules/field-forms.ts';
export { VALUE_TEXTS } from './locale/value-texts.ts';
export type { ValueReason } from './rules/value-fault.ts';
