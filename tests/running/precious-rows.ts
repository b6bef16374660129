import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { GROUP_SEGMENT_ID } from '../../extensions/crm/src/kernel/roles.ts';
import type { Client } from '../harness/client.ts';
import type { Installation } from './vault-world.ts';

/** What a backup must bring back as it was: awkward values, a file, a sealed one. */
export const AWKWARD = '客户 "引号" \'单\' \\ 反斜线 ? :name \n 换行 \t 😀 $1 {"a":[null]}';
export const FILE = 'a file of the CRM '.repeat(9000);

/** What an administrator adds to the host: it must come back as well, numbers and all. */
export async function addOwnCollection(admin: Client): Promise<void> {
  const field = (field: string, type: string) => ({ field, type, schema: {}, meta: {} });
  const id = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} };
  const fields = [
    id,
    field('note', 'text'),
    field('ratio', 'float'),
    field('at', 'timestamp'),
    field('facts', 'json'),
    field('exact', 'decimal'),
  ];
  const made = await admin.request('POST', '/collections', { collection: 'own_notes', schema: {}, meta: {}, fields });
  expect(made.status).toBe(200);
}

export const addNote = async (admin: Client, note = AWKWARD) => {
  const row = { note, ratio: 0.1 + 0.2, at: '2026-02-28T23:59:59.123Z', facts: { a: [1, null, '二'] }, exact: '12345.67' };
  return (await admin.request('POST', '/items/own_notes', row)).status;
};

export const PHONE = '13800137531';

/** A person whose number is sealed: what a backup holds of it is of use only to whoever has the keys. */
export async function addContact(installation: Installation, admin: Client): Promise<string> {
  const { id: owner } = (await admin.request('GET', '/users/me?fields=id')).body.data as { id: string };
  const place = { segment: GROUP_SEGMENT_ID, owner };
  const customer = randomUUID();
  const database = installation.open();
  await database('crm_customers').insert({
    id: customer,
    ...place,
    name: '恢复演练公司',
    kind: 'company',
    status: 'active',
    completeness: 10,
  });
  await database.destroy();
  const made = await admin.request('POST', '/items/crm_contacts', { ...place, customer, name: '演练联系人', phone: PHONE });
  expect([made.status, made.text]).toEqual([200, expect.not.stringContaining(PHONE)]);
  return String(made.body.data.id);
}

export async function upload(admin: Client): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([FILE], { type: 'text/plain' }), '报价.txt');
  const { body } = await admin.request('POST', '/files', form);
  return body.data.id as string;
}

/** One bit in the middle of a file. */
export function flip(file: string): void {
  const bytes = readFileSync(file);
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  writeFileSync(file, bytes);
}
