/** A refusal that reaches the user: the host turns it into `{errors:[{message, extensions:{code, …}}]}`. */
export class Refusal extends Error {
  override readonly name = 'DirectusError';
  readonly code: string;
  readonly status: number;
  readonly extensions: Record<string, unknown>;

  constructor({
    code,
    status,
    message,
    extensions = {},
  }: {
    code: string;
    status: number;
    message: string;
    extensions?: Record<string, unknown>;
  }) {
    super(message);
    this.code = code;
    this.status = status;
    this.extensions = extensions;
  }
}

/** The host's own answer to "you may not, or there is no such thing": foreign and absent rows must look the same (ORG-2). */
export const FORBIDDEN_TEXT = "You don't have permission to access this.";

export function forbidden(): Refusal {
  return new Refusal({ code: 'FORBIDDEN', status: 403, message: FORBIDDEN_TEXT });
}

const NO_LOG_IN_TEXT = 'Invalid user credentials.';

/** The host's own answer to a log-in that is none: nobody learns that the password was right (F12). */
export const invalidCredentials = (): Refusal => new Refusal({ code: 'INVALID_CREDENTIALS', status: 401, message: NO_LOG_IN_TEXT });

/** Whether a refusal says what the host would say, and is to be put into the caller's language like it. */
export const isHostsOwn = ({ message }: Refusal): boolean => message === FORBIDDEN_TEXT || message === NO_LOG_IN_TEXT;

/**
 * The type of a fault whose text comes with it. The Studio shows at a field what stands under `validationError.<type>` among
 * its words, and that word is the text itself (seed/experience/words.ts).
 */
export const SAID = 'said';
