import { describe, expect, it } from 'vitest';
import { readEnvelope, writeEnvelope } from './envelope.ts';

const whole = { algorithm: 'A256GCM', keyId: 'k1', iv: 'aXY', cipher: 'Y2lwaGVy', tag: 'dGFn' } as const;

describe('SEC-1: the envelope of a sealed value', () => {
  it('reads what it wrote', () => {
    expect(writeEnvelope(whole)).toBe('crm1.A256GCM.k1.aXY.Y2lwaGVy.dGFn');
    expect(readEnvelope(writeEnvelope(whole))).toEqual({ accepted: true, value: whole });
  });

  it.each([
    ['', 'not_an_envelope'],
    ['13800138000', 'not_an_envelope'],
    ['crm1.A256GCM.k1.aXY.Y2lwaGVy', 'not_an_envelope'],
    ['crm1.A256GCM.k1.aXY.Y2lwaGVy.', 'not_an_envelope'],
    ['crm1.A256GCM.k1.aXY.Y2lwaGVy.dGFn.x', 'not_an_envelope'],
    ['crm1.A256GCM.k1.a+Y=.Y2lwaGVy.dGFn', 'not_an_envelope'],
    ['crm2.A256GCM.k1.aXY.Y2lwaGVy.dGFn', 'not_an_envelope'],
    ['crm1.SM4GCM.k1.aXY.Y2lwaGVy.dGFn', 'unknown_algorithm'],
  ])('%s is %s', (text, reason) => {
    expect(readEnvelope(text)).toEqual({ accepted: false, reason });
  });
});
