import { COLLECTIONS, type CollectionInfo } from '../../kernel/collections.ts';

type Model = Record<string, CollectionInfo>;

/** `collection.field` points at `parent`, and both rows are in one customer's tree. */
export interface TreeLink {
  collection: string;
  field: string;
  parent: string;
}

const linksOfKind = (model: Model, kind: string): TreeLink[] =>
  Object.entries(model).flatMap(([collection, { fields }]) =>
    Object.entries(fields)
      .filter(([, { relation }]) => relation?.kind === kind)
      .map(([field, { relation }]) => ({ collection, field, parent: relation!.to })),
  );

/** Every relation inside a customer's tree, from the model itself: what hand-over and transfer have to reach. */
export const treeLinks = (model: Model = COLLECTIONS): TreeLink[] => linksOfKind(model, 'tree');

/** Relations that stay within a segment though the owners may differ (parent organisation, stage of a segment). */
export const segmentLinks = (model: Model = COLLECTIONS): TreeLink[] => linksOfKind(model, 'segment');

/** Files that a row of the tree carries. */
export const fileLinks = (model: Model = COLLECTIONS): TreeLink[] => linksOfKind(model, 'file');

/** Every way down from `root`, nearest first; a row may be on several. */
export function pathsBelow(root: string, links: readonly TreeLink[] = treeLinks()): TreeLink[][] {
  const paths: TreeLink[][] = [];
  let level: TreeLink[][] = [[]];
  while (level.length) {
    level = level.flatMap((path) => {
      const end = path.at(-1)?.collection ?? root;
      if (path.some(({ parent }) => parent === end)) throw new Error(`The tree below ${root} comes back to ${end}`);
      return links.filter(({ parent }) => parent === end).map((link) => [...path, link]);
    });
    paths.push(...level);
  }
  return paths;
}

/** The links of `collection` to its possible parents, in the order in which the first one that is set counts. */
export const parentLinks = (collection: string): TreeLink[] =>
  (COLLECTIONS[collection]?.parents ?? []).map((field) => ({
    collection,
    field,
    parent: COLLECTIONS[collection]!.fields[field]!.relation!.to,
  }));

/** Rows about one thing at most (contract: "at most one of"). */
const SINGLE_PARENT = ['crm_activities', 'crm_attachments'];
/** A sale without a customer is none. */
const PARENT_REQUIRED = ['crm_orders', 'crm_contracts'];

export type ParentsReason = 'one_parent_only' | 'parent_required';

/** Whether the parents that are set are as many as the collection allows. */
export function judgeParents(collection: string, set: number): ParentsReason | null {
  if (set > 1 && SINGLE_PARENT.includes(collection)) return 'one_parent_only';
  return set === 0 && PARENT_REQUIRED.includes(collection) ? 'parent_required' : null;
}
