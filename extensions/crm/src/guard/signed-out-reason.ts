/** `extensions.reason` of the answer to a log-in that has ended; the Studio's page waits for it. */
export const SIGNED_OUT_REASON = 'crm_signed_out';
/** The same for somebody who is held: until the exam is passed (ACC-11), or until the password is their own (ACC-5). */
export const HELD_REASONS = { exam: 'crm_exam_pending', password: 'crm_password_due' } as const;
