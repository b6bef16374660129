/** What other code may use of this slice: sealing rows of our own set-based writes, and what is sealed at all. */
export { sealRow } from './seal-row.ts';
export { SUBJECT_KEYS } from './subject-key.ts';
export { maskText } from './rules/mask-text.ts';
export { isOfPerson, namesOf, SEALED_COLLECTIONS } from './rules/sealed-fields.ts';
export { rotateSealed } from './rotate.ts';
export { keepDerivedKeys, withKeptKeys } from './kept-keys.ts';
export { sealExisting } from './seal-existing.ts';
export { nodesWithout } from './known-keys.ts';
