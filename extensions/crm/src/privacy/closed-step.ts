import { closedToWrites } from '../platform/api/closed-to-writes.ts';
import { SUBJECT_KEYS } from './subject-key.ts';

/** Where the server keeps the log of looks; contract.md. */
export const REVEALS = 'crm_reveals';

/**
 * Keys of subjects and the log of looks are the server's alone: nobody writes or deletes them by any API, the technical
 * administrator included (SEC-5).
 */
export const closedStep = closedToWrites('privacy/closed', [SUBJECT_KEYS, REVEALS]);
