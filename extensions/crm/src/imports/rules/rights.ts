import { managesSegments, mayReach, type Person, type Place } from '../../segments/index.ts';

/** The roles that write customers of their own or their segment's; executives look on (IMP-1). */
const mayWrite = ({ admin, role }: Person): boolean => admin || role === 'sales_rep' || role === 'system_admin' || managesSegments(role);

/** Whether somebody may bring an import in and go on with it: the importer alone, as long as the rights last. */
export const mayImport = (person: Person, batch: Place): boolean =>
  person.active && mayWrite(person) && person.user === batch.owner && mayReach(person, batch);

/** Whether somebody may stop an import and take it back: the importer, or whoever answers for the segment. */
export const mayUndo = (person: Person, batch: Place): boolean =>
  person.active && mayWrite(person) && mayReach(person, batch) && (person.user === batch.owner || person.role !== 'sales_rep');

/** Four eyes (IMP-3): whoever checks the sample sees the import and did not bring it. */
export const mayCheck = (person: Person, batch: Place): boolean => mayUndo(person, batch) && person.user !== batch.owner;
