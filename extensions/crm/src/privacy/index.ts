/** What other code may use of this slice: sealing rows of our own set-based writes, and what is sealed at all. */
export { requireRing } from './require-ring.ts';
export { blindIndexes } from './blind-index.ts';
export { maskText } from './rules/mask-text.ts';
export { toMask } from './rules/mask.ts';
/** Whether the reason that somebody gives for something that is logged says anything. */
export { saysSomething } from './rules/reveal-reason.ts';
export { sealRow } from './seal-row.ts';
export { SUBJECT_KEYS } from './subject-key.ts';
export { isOfPerson, namesOf, SEALED_COLLECTIONS, indexColumn, sealedColumn, sealedFieldsOf } from './rules/sealed-fields.ts';
export { rotateSealed } from './rotate.ts';
export { keepDerivedKeys, withKeptKeys } from './kept-keys.ts';
export { sealExisting } from './seal-existing.ts';
/** What other code may use to seal a text of its own under a key that is erased with it (imports: staging and journal). */
export { newSubject, openValue, sealValue, type Subject, type SubjectKeyRow } from './subject-key.ts';
export { eraseSubjects, findSubject, subjectsOf } from './subject-keys.ts';
/** What set-based updates of other slices write, compare and put back. */
export { openRows, sealUpdates, withIndexes } from './seal-updates.ts';
export { inBatch } from './batch.ts';
export { settleKind } from './kind-change.ts';
export { nodesWithout } from './known-keys.ts';
/** The numbers of an owner's own records for the page of the day (Q11). */
export { keyOfPhone, showOwnPhones, type OwnPhones } from './show-own.ts';
