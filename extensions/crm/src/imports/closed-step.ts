import { closedToWrites } from '../platform/api/closed-to-writes.ts';
import { EXPORTS } from './export/export-row.ts';
import { IMPORT_ROWS, IMPORTS } from './staging.ts';

/**
 * An import, its staging and its journal: no API changes what was brought, judged or kept for the undo, the technical
 * administrator's included (N6); nor who took rows out (IMP-5).
 */
export const closedStep = closedToWrites('imports/closed', [IMPORTS, IMPORT_ROWS, EXPORTS]);
