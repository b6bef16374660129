import { createHash, createHmac } from 'node:crypto';
import { canonical } from '../doctor/rules/filter-order.ts';
import type { Certificate } from './certificate.ts';

/** SHA-256 over everything in the certificate but the hash itself, keys sorted. */
export function hashOf(certificate: Omit<Certificate, 'hash'> & { hash?: string }): string {
  const { hash: _hash, ...content } = certificate;
  return createHash('sha256').update(canonical(content)).digest('hex');
}

/** The instance's own signature: only a holder of its SECRET can make it. */
export const signatureOf = (hash: string, secret: string): string =>
  createHmac('sha256', secret).update(`crm-certificate:${hash}`).digest('hex');
