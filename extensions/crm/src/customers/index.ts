/** What other slices may use of this one: the rules by which every typed value gets its stored form (CUS-6, CUS-7, DQ-6). */
export { normalise } from './rules/normalise.ts';
export { formOf } from './rules/field-forms.ts';
export { VALUE_TEXTS } from './locale/value-texts.ts';
export type { ValueReason } from './rules/value-fault.ts';
/** What follows from rows that another slice writes set-based, by the same functions as from a single write. */
export { markedBy, refreshMarks } from './activity-marks.ts';
export { customerForesight } from './foresee.ts';
export { holdRows } from './hold-rows.ts';
export { recountCompleteness } from './recount.ts';
export { recountMarks } from './recount-marks.ts';
export { isInForce } from './check-references.ts';
export { withVerified } from './rules/verified.ts';
