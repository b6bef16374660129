import { z } from 'zod';
import { toPlain } from './plain.ts';
import { read, unreadable, type Reading } from './reading.ts';

export type WebsiteReason = 'scheme' | 'shape';

const ADDRESS = /^(https?):\/\/(\[[0-9a-f:.]+\]|[^\s/?#:@[\]]+)(?::(\d{1,5}))?([/?#]\S*)?$/iu;
const NAME = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+(?:[\p{L}]{2,}|xn--[a-z0-9-]*[a-z0-9])$/iu;
const HIGHEST_PORT = 65_535;

const v4 = z.ipv4();
const v6 = z.ipv6();
const isHost = (host: string): boolean =>
  host.startsWith('[') ? v6.safeParse(host.slice(1, -1)).success : NAME.test(host) || v4.safeParse(host).success;

/**
 * Reads a web address: http or https only, `https://` where none was typed, host in lower case. The host is a name, in
 * whatever script or its `xn--` form, or an address of the internet protocol. CUS-7.
 */
export function readWebsite(text: string): Reading<WebsiteReason> {
  const typed = toPlain(text).replace(/。/gu, '.');
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d)/iu.exec(typed)?.[1]?.toLowerCase();
  if (scheme && scheme !== 'http' && scheme !== 'https') return unreadable('scheme');
  const match = ADDRESS.exec(scheme ? typed : `https://${typed}`);
  if (!match) return unreadable('shape');
  const [, kind, host, port, path = ''] = match;
  if (!isHost(host!) || (port && (Number(port) < 1 || Number(port) > HIGHEST_PORT))) return unreadable('shape');
  return read(`${kind!.toLowerCase()}://${host!.toLowerCase()}${port ? `:${Number(port)}` : ''}${path === '/' ? '' : path}`);
}
