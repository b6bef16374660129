import { isMask, toMask } from './mask.ts';
import { maskText } from './mask-text.ts';
import { SEALED_FIELDS, type MaskKind } from './sealed-fields.ts';

/** What a name says of the values under it, wherever it stands: in a row, a filter, the body of a request. */
export const KINDS: ReadonlyMap<string, MaskKind> = new Map(SEALED_FIELDS.map(({ field, mask }) => [field, mask]));

/** A mobile that came as a number and not as a text. */
const MOBILE = /^1[3-9]\d{9}$/u;

/**
 * Values of any depth for a log or a copy: what stands under the name of a sealed field as its mask, numbers and mailboxes
 * in everything else masked, in JSON within a text too (SEC-1, F20).
 */
export function maskValues(value: unknown, kind: MaskKind | null = null): unknown {
  if (typeof value === 'string') return maskOne(value, kind);
  if (typeof value === 'number') return kind || MOBILE.test(String(value)) ? toMask(kind ?? 'phone', String(value)) : value;
  if (Array.isArray(value)) return value.map((one) => maskValues(one, kind));
  if (typeof value !== 'object' || value === null) return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return maskValues((value.toJSON as () => unknown)(), kind);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskValues(inner, KINDS.get(name) ?? kind)]));
}

function maskOne(text: string, kind: MaskKind | null): string {
  if (/^\s*[[{]/u.test(text)) {
    try {
      return JSON.stringify(maskValues(JSON.parse(text), kind));
    } catch {
      // No JSON after all.
    }
  }
  if (!kind) return maskText(text.replace(NAMED, maskNamed));
  return text === '' || isMask(text) ? text : toMask(kind, text);
}

/** `"wechat":"…"` within a longer text, as often quoted as it may be. */
const NAMED = new RegExp(String.raw`(\\{0,8}")(${[...KINDS.keys()].join('|')})\1(\s{0,9}:\s{0,9})\1([^"\\]{1,300})`, 'gu');

function maskNamed(_whole: string, quote: string, name: string, colon: string, value: string): string {
  return `${quote}${name}${quote}${colon}${quote}${maskOne(value, KINDS.get(name)!)}`;
}
