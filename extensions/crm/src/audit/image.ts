import { createHmac } from 'node:crypto';
import { COLLECTIONS, EXTENDED } from '../kernel/collections.ts';
import type { Row, SchemaOverview } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import type { AuditPorts } from './ports.ts';
import { plainValue, type Image } from './rules/image.ts';
import { treatmentOf } from './treatments.ts';

const MARK_LENGTH = 8;

/** Tells a change of a value that the log must not hold: keyed, so that nobody without the keys can try values against it. */
const markOf = (ring: Keyring, value: unknown): string =>
  `#${createHmac('sha256', ring.derive('audit-mark'))
    .update(typeof value === 'string' ? value : JSON.stringify(value))
    .digest('hex')
    .slice(0, MARK_LENGTH)}`;

const typeOf = (collection: string, column: string, schema: SchemaOverview | null): string =>
  (COLLECTIONS[collection] ?? EXTENDED[collection])?.fields[column]?.type ??
  schema?.collections[collection]?.fields[column]?.type ??
  'string';

export type ToAuditImage = (collection: string, row: Row, schema: SchemaOverview | null) => Image;

/**
 * A stored row as the log keeps it: sealed and personal values as masks, secrets as marks, ciphers and indexes never
 * (SEC-1, SEC-3). An immutable log cannot be erased from, so what a person may ask to have erased never comes in.
 */
export function auditImages(ring: Keyring, ports: AuditPorts): ToAuditImage {
  return (collection, row, schema) => {
    const image: Record<string, unknown> = {};
    for (const [column, stored] of Object.entries(row)) {
      const treatment = treatmentOf(collection, column, schema);
      if (treatment === 'none') continue;
      const value = plainValue(typeOf(collection, column, schema), stored);
      if (value === null || treatment === 'plain') image[column] = value;
      else if (treatment === 'mark') image[column] = markOf(ring, value);
      // Two numbers may have one mask: what tells a change is the cipher.
      else image[column] = `${ports.maskOf(collection, column, value, row)} ${markOf(ring, row[`${column}_sealed`] ?? value)}`;
    }
    return ports.isOfPerson(collection, row) ? withoutNames(collection, image, ring, ports) : image;
  };
}

/** A value that stands in an image as a mask already. */
const MASKED = /^.?\*{3} #[0-9a-f]{8}$/u;

/** An image without the names of the person that it is of; what is a mask already stays. */
export function withoutNames(collection: string, image: Image, ring: Keyring, ports: AuditPorts): Image {
  const covered: Record<string, unknown> = { ...image };
  for (const name of ports.namesOf(collection)) {
    const value = covered[name];
    if (typeof value !== 'string' || MASKED.test(value)) continue;
    covered[name] = `${ports.maskOf(collection, name, value, image)} ${markOf(ring, value)}`;
  }
  return covered;
}
