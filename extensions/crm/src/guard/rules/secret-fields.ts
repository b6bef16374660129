import { COLLECTIONS } from '../../kernel/collections.ts';

/** Whether a column of ours holds a cipher, its index or a wrapped key: shown to nobody and compared by nobody (SEC-1). */
export function isSecret(collection: string, field: string): boolean {
  const fields = COLLECTIONS[collection]?.fields;
  return fields !== undefined && Object.hasOwn(fields, field) && fields[field]!.secret === true;
}

const SECRET_NAMES: readonly string[] = [
  ...new Set(
    Object.values(COLLECTIONS).flatMap(({ fields }) => Object.entries(fields).flatMap(([name, { secret }]) => (secret ? [name] : []))),
  ),
];

/** Whether a query could name such a column anywhere: a quick look before the thorough one. */
export function namesSecret(query: object): boolean {
  const text = JSON.stringify(query);
  return SECRET_NAMES.some((name) => text.includes(name));
}
