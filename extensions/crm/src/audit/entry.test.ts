import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readKeyring } from '../platform/api/keyring.ts';
import { PURPOSE, signatureOf, signed } from './entry.ts';
import { canonical } from './rules/canonical.ts';

const reading = readKeyring(`test:${Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('base64')}`);

test('SEC-3: what an entry is signed with when it is made is what is found when it is verified', () => {
  if (!reading.accepted) throw new Error('no ring');
  const ring = reading.value;
  const text = fc
    .array(fc.constantFrom('a', 'B', '1', '北', '"', '\\', '\0', '\ud800', '\udc00', '__proto__'), { maxLength: 4 })
    .map((parts) => parts.join(''));
  const image = fc.option(fc.dictionary(text, fc.oneof(text, fc.jsonValue({ maxDepth: 1 })), { maxKeys: 6 }));
  fc.assert(
    fc.property(image, image, text, (before, after, reason) => {
      const toText = (value: unknown) => (value ? canonical(value).toWellFormed() : null);
      const row = { id: 'x', at: new Date(0), nth: 1, before: toText(before), after: toText(after), reason: reason.toWellFormed() };
      const { mac, ...entry } = signed(row, ring);
      expect(signatureOf(entry, ring.derive(PURPOSE))).toBe(mac);
      // As PostgreSQL gives it back.
      const parsed = (text: string | null) => (text === null ? null : (JSON.parse(text) as unknown));
      expect(signatureOf({ ...entry, before: parsed(entry['before'] as string | null) }, ring.derive(PURPOSE))).toBe(mac);
    }),
    { numRuns: 200 },
  );
});
