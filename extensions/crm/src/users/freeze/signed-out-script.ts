import { SIGNED_OUT_REASON } from '../../guard/signed-out-reason.ts';
import { LEAVING } from '../sessions/locale/leaving.ts';
import { SIGNED_OUT } from './locale/notices.ts';
import { watchSignedOut } from './page/signed-out.ts';

/** Where the host is reached, with a slash at the end; `/` most often. */
const rootOf = (url: unknown): string => {
  const path = typeof url === 'string' && URL.canParse(url) ? new URL(url).pathname : '/';
  return path.endsWith('/') ? path : `${path}/`;
};

/** The tag that brings the script into the Studio's page: a file of our own address, as its content policy asks. */
export const signedOutTag = (env: Readonly<Record<string, unknown>>): string =>
  `<script src="${rootOf(env['PUBLIC_URL'])}crm/signed-out.js"></script>`;

/** The script: the function as text, with what it needs as data. */
export const signedOutScript = (): string =>
  `(${watchSignedOut.toString()})(${JSON.stringify({ reason: SIGNED_OUT_REASON, words: { other: SIGNED_OUT, ...LEAVING } })});`;
