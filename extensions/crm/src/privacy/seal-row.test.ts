import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { COLLECTIONS } from '../kernel/collections.ts';
import { readKeyring, type Keyring } from '../platform/api/keyring.ts';
import { blindIndexes } from './blind-index.ts';
import { SEALED_FIELDS, technicalColumnsOf } from './rules/sealed-fields.ts';
import { sealRow } from './seal-row.ts';
import { sealUpdates } from './seal-updates.ts';
import { openSubject, openValue, sealValue, wrapSubject } from './subject-key.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const entry = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const ringOf = (...entries: string[]): Keyring => {
  const reading = readKeyring(entries.join(','));
  if (!reading.accepted) throw new Error(reading.reason.reason);
  return reading.value;
};
const K1 = entry('k1');
const K2 = entry('k2');
const ring = ringOf(K1);
const contact = (more: object = {}) => ({
  id: randomUUID(),
  name: '李雷',
  phone: '13800131234',
  email: 'li@example.com',
  wechat: null,
  ...more,
});

describe('SEC-1: sealing a row', () => {
  it('leaves masks, ciphers and indexes, and opens again with the key of its subject', () => {
    const { row, key } = sealRow(ring, 'crm_contacts', contact(), NOW);
    expect(row).toMatchObject({ phone: '138****1234', email: 'l***@example.com', wechat: null });
    expect(JSON.stringify([row, key])).not.toMatch(/13800131234|li@example/);
    const opened = openSubject(ring, key!);
    if (!opened.accepted) throw new Error(opened.reason);
    expect(openValue(opened.value, 'phone', String(row['phone_sealed']))).toEqual({ accepted: true, value: '13800131234' });
    expect(blindIndexes(ring, 'phone', '+86 138 0013 1234')).toEqual([row['phone_index']]);
  });

  it("keeps a company's switchboard readable, and seals that of a person", () => {
    const company = sealRow(ring, 'crm_customers', { id: randomUUID(), kind: 'company', phone: '010-65588888' }, NOW);
    expect(company).toMatchObject({ row: { phone: '010-65588888', phone_sealed: null }, key: null });
    expect(company.row['phone_index']).toBeNull();
    const person = sealRow(ring, 'crm_customers', { id: randomUUID(), kind: 'sole_trader', phone: '010-65588888' }, NOW);
    expect(person.row['phone']).toBe('010-****8888');
    expect(person.key).not.toBeNull();
  });

  it('refuses to seal a mask', () => {
    expect(() => sealRow(ring, 'crm_contacts', contact({ phone: '138****1234' }), NOW)).toThrow(/hidden value|隐藏后的内容/u);
  });

  it('refuses to write a mask over a value, before anything is read', async () => {
    const change = { stored: contact(), values: { wechat: 'z***3' } };
    await expect(sealUpdates(null as never, ring, 'crm_contacts', [change], NOW)).rejects.toMatchObject({ code: 'FAILED_VALIDATION' });
  });

  it('the same value never gives the same cipher', () => {
    const { key } = sealRow(ring, 'crm_contacts', contact(), NOW);
    const opened = openSubject(ring, key!);
    if (!opened.accepted) throw new Error(opened.reason);
    expect(sealValue(opened.value, 'phone', '13800131234')).not.toBe(sealValue(opened.value, 'phone', '13800131234'));
  });
});

describe('bad input and faults: a cipher opens where it was made, or not at all', () => {
  const made = sealRow(ring, 'crm_contacts', contact(), NOW);
  const subjectOf = (keys: Keyring, key = made.key!) => openSubject(keys, key);
  const opened = subjectOf(ring);
  if (!opened.accepted) throw new Error(opened.reason);
  const sealed = String(made.row['phone_sealed']);

  it.each([
    ['another field', () => openValue(opened.value, 'email', sealed), 'not_genuine'],
    ['another row', () => openValue({ ...opened.value, item: randomUUID() }, 'phone', sealed), 'not_genuine'],
    ['another subject’s key', () => openValue({ ...opened.value, key: randomBytes(32) }, 'phone', sealed), 'not_genuine'],
    ['a cut cipher', () => openValue(opened.value, 'phone', sealed.slice(0, -3)), 'not_an_envelope'],
    ['a changed byte', () => openValue(opened.value, 'phone', flip(sealed)), 'not_genuine'],
    ['another algorithm', () => openValue(opened.value, 'phone', sealed.replace('A256GCM', 'SM4GCM')), 'unknown_algorithm'],
    ['another key id', () => openValue(opened.value, 'phone', sealed.replace('.subject.', '.k1.')), 'unknown_key'],
    ['clear text', () => openValue(opened.value, 'phone', '13800131234'), 'not_an_envelope'],
    ['a ring without the master key', () => subjectOf(ringOf(K2)), 'unknown_key'],
    ['a master key that bears the id of another', () => subjectOf(ringOf(entry('k1'))), 'not_genuine'],
    ['a key that was moved to another row', () => subjectOf(ring, { ...made.key!, item: randomUUID() }), 'not_genuine'],
  ] as const)('%s', (_name, open, reason) => {
    expect(open()).toEqual({ accepted: false, reason });
  });

  it('opens with a ring in which the master key is an old one, and wraps again with the active one', () => {
    const both = ringOf(K2, K1);
    const again = subjectOf(both);
    if (!again.accepted) throw new Error(again.reason);
    const wrapped = wrapSubject(both, again.value);
    expect(wrapped.key_id).toBe('k2');
    expect(openSubject(ringOf(K2), wrapped)).toMatchObject({ accepted: true, value: { key: opened.value.key } });
  });
});

const flip = (envelope: string) => {
  const parts = envelope.split('.');
  const bytes = Buffer.from(parts[4]!, 'base64url');
  bytes[0] = bytes[0]! ^ 1;
  parts[4] = bytes.toString('base64url');
  return parts.join('.');
};

describe('the declaration and the model', () => {
  it('name the same fields, and every sealed field has its two columns that nobody reads', () => {
    const inModel = Object.entries(COLLECTIONS).flatMap(([collection, { fields }]) =>
      Object.keys(fields)
        .filter((field) => fields[field]!.sealed)
        .map((field) => `${collection}.${field}`),
    );
    expect(inModel.sort()).toEqual(SEALED_FIELDS.map(({ collection, field }) => `${collection}.${field}`).sort());
    const secret = Object.entries(COLLECTIONS).flatMap(([collection, { fields, tenancy }]) =>
      Object.keys(fields)
        .filter((field) => fields[field]!.secret && tenancy !== 'internal')
        .map((field) => `${collection}.${field}`),
    );
    const technical = [...new Set(SEALED_FIELDS.map(({ collection }) => collection))].flatMap((collection) =>
      technicalColumnsOf(collection).map((column) => `${collection}.${column}`),
    );
    // What somebody asked to take out is sealed as a whole, under the export's own key (IMP-5).
    expect(secret.sort()).toEqual([...technical, 'crm_exports.wish'].sort());
  });
});
