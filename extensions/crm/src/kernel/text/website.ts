import { toPlain } from './plain.ts';
import { read, unreadable, type Reading } from './reading.ts';

export type WebsiteReason = 'scheme' | 'shape';

const ADDRESS = /^(https?):\/\/((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,})(:\d{1,5})?([/?#]\S*)?$/iu;

/** Reads a web address: http or https only, `https://` where none was typed, host in lower case. CUS-7. */
export function readWebsite(text: string): Reading<WebsiteReason> {
  const typed = toPlain(text).replace(/。/gu, '.');
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d)/iu.exec(typed)?.[1]?.toLowerCase();
  if (scheme && scheme !== 'http' && scheme !== 'https') return unreadable('scheme');
  const match = ADDRESS.exec(scheme ? typed : `https://${typed}`);
  if (!match) return unreadable('shape');
  const [, kind, host, port = '', path = ''] = match;
  return read(`${kind!.toLowerCase()}://${host!.toLowerCase()}${port}${path === '/' ? '' : path}`);
}
