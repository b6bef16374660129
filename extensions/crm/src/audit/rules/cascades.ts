import { withoutEscapes } from '../../kernel/text/graphql-escapes.ts';

type Body = Record<string, unknown>;
const isRecord = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Body[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const isCascade = (value: unknown): boolean => typeof value === 'string' && /cascade/i.test(value);

/** Which keys are ours, and which of them cascade in the model. */
export interface OwnKeys {
  isOurs(collection: string): boolean;
  cascades(collection: string, field: string): boolean;
}

/**
 * Whether a relation would let the database delete rows of ours together with those of another collection: by nobody's
 * right to delete them, and unseen by every step of a write (SEC-3). What the model itself has so, passes.
 */
export function relationCascades(relation: unknown, { isOurs, cascades }: OwnKeys): boolean {
  if (!isRecord(relation) || !isRecord(relation['schema'])) return false;
  const { collection, field, schema } = relation;
  if (typeof collection !== 'string' || !isOurs(collection) || cascades(collection, String(field))) return false;
  return isCascade(schema['on_delete']) || isCascade(schema['on_update']);
}

/** The same in a `/schema/apply` body: a whole relation, or a change of one of its values. */
export function schemaCascades(body: unknown, keys: OwnKeys): boolean {
  const diff = isRecord(body) && isRecord(body['diff']) ? body['diff'] : {};
  return listOf(diff['relations']).some((entry) =>
    listOf(entry['diff']).some(({ path, rhs }) => {
      const { collection, field } = entry;
      if (isRecord(rhs) && (rhs['collection'] !== undefined || isRecord(rhs['schema'])))
        return relationCascades({ collection, field, ...rhs }, keys) || relationCascades({ ...rhs, collection, field }, keys);
      const name = Array.isArray(path) ? String(path.at(-1)) : '';
      const schema = isRecord(rhs) ? rhs : { [name]: rhs };
      return relationCascades({ collection, field, schema }, keys);
    }),
  );
}

const SYSTEM_FIELDS = /\b(?:create|update)_relations_item\b/;

/** The same by GraphQL, whose words may stand in variables: any cascade in one breath with a collection of ours. */
export const graphqlCascades = (text: string, variables: unknown): boolean => {
  if (!SYSTEM_FIELDS.test(text)) return false;
  const said = withoutEscapes(`${text} ${JSON.stringify(variables ?? '')}`);
  return isCascade(said) && said.includes('crm_');
};
