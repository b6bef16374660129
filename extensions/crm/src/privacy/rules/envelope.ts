import { accept, refuse, type Decision } from '../../kernel/decision.ts';

/** Why a stored cipher does not open. None of these is ever answered with clear text or with a crash. */
export type CipherFault =
  /** Cut off, or no cipher of ours at all. */
  | 'not_an_envelope'
  /** Written by a later version, with an algorithm that this one does not know. */
  | 'unknown_algorithm'
  /** The master key it was written with is not in CRM_KEYS. */
  | 'unknown_key'
  /** The subject's own key is gone: nothing opens it any more, whoever has which key. */
  | 'erased'
  /** Changed, or moved here from another row or field. */
  | 'not_genuine';

/** The ways to seal; the id stands in every envelope, so that another one can be added beside it. */
export const ALGORITHMS = ['A256GCM'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** A sealed text in its parts, each base64url. */
export interface Envelope {
  algorithm: Algorithm;
  keyId: string;
  iv: string;
  cipher: string;
  tag: string;
}

const VERSION = 'crm1';
const PART = /^[\w-]+$/u;
const isAlgorithm = (name: string): name is Algorithm => (ALGORITHMS as readonly string[]).includes(name);

export const writeEnvelope = ({ algorithm, keyId, iv, cipher, tag }: Envelope): string =>
  [VERSION, algorithm, keyId, iv, cipher, tag].join('.');

export function readEnvelope(text: string): Decision<Envelope, CipherFault> {
  const [version, algorithm = '', keyId = '', iv = '', cipher = '', tag = '', ...more] = text.split('.');
  if (version !== VERSION || more.length || ![algorithm, keyId, iv, cipher, tag].every((part) => PART.test(part)))
    return refuse('not_an_envelope');
  return isAlgorithm(algorithm) ? accept({ algorithm, keyId, iv, cipher, tag }) : refuse('unknown_algorithm');
}
