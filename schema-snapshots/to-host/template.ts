import { COLLECTIONS } from '../model/index.ts';

/** A person's whole name stands in `first_name`: the Studio shows an empty last name as a dash. */
const HOST_TEMPLATES: Record<string, string> = {
  directus_users: '{{first_name}}',
  directus_files: '{{$thumbnail}} {{title}}',
};

/** How a row of `collection` shows wherever something points to it; never a raw uuid. */
export function templateOf(collection: string): string {
  const template = HOST_TEMPLATES[collection] ?? COLLECTIONS.find(({ name }) => name === collection)?.displayTemplate;
  if (!template) throw new Error(`No display template for ${collection}`);
  return template;
}
