import { withoutEscapes } from '../../kernel/text/graphql-escapes.ts';

/**
 * Root fields of the host's system GraphQL that no event announces. The text of a request is searched for their names,
 * so a name inside a comment is refused too: harmless. A name of a field cannot be escaped; texts inside, such as collections, can, and are read without escapes.
 */
const FOR_NOBODY = /\b(?:(?:delete|update)_relations_item|delete_collections_item)\b/;
const FOR_STRANGERS = /\b(?:server_health|server_specs_\w+|utils_hash_\w+|utils_random_string|users_invite\w*|auth_password_\w+)\b/;
/** The second factor is set up by the Studio's own addresses, behind which guesses are counted (ACC-7). */
const FOR_PEOPLE_OF_THE_CRM =
  /\b(?:users_invite|auth_password_\w+|utils_hash_\w+|utils_sort|utils_revert|import_file|update_extensions_item|users_me_tfa_\w+)\b/;
/** Accepting an invitation is how a new person gets in. */
const ACCEPT = /\busers_invite_accept\b/g;

export interface GraphQlRequest {
  text: string;
  variables: unknown;
}

/** Whether a GraphQL request names something that this kind of caller may not call. */
export function namesClosedField({ text, variables }: GraphQlRequest, caller: { known: boolean; ofTheCrm: boolean }): boolean {
  const plain = text.replace(ACCEPT, '');
  if (FOR_NOBODY.test(plain) && /crm_|directus_(users|files)/.test(withoutEscapes(`${plain} ${JSON.stringify(variables ?? '')}`)))
    return true;
  if (!caller.known && FOR_STRANGERS.test(plain)) return true;
  return caller.ofTheCrm && FOR_PEOPLE_OF_THE_CRM.test(plain);
}
