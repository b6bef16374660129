import { mayReach, type Person, type Place } from '../../segments/index.ts';
import { mayImport } from './importer.ts';

/** Whether somebody may go on with an import: the importer alone, as long as the rights last. */
export const mayGoOn = (person: Person, batch: Place): boolean =>
  mayImport(person) && person.user === batch.owner && mayReach(person, batch);

/** Whether somebody may stop an import and take it back: the importer, or whoever answers for the segment. */
export const mayUndo = (person: Person, batch: Place): boolean =>
  mayImport(person) && mayReach(person, batch) && (person.user === batch.owner || person.role !== 'sales_rep');

/** Four eyes (IMP-3): whoever checks the sample sees the import and did not bring it. */
export const mayCheck = (person: Person, batch: Place): boolean => mayUndo(person, batch) && person.user !== batch.owner;
