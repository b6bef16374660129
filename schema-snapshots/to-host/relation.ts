import type { Field } from '../define.ts';
import type { HostRelation } from '../host-model.ts';

/**
 * What the host does with rows that a person takes off a list. A row of a tree does not leave it by a click: that is a
 * deletion, for whoever may delete, and everybody else sees no such button.
 */
const onDeselect = ({ relation }: Field): 'delete' | 'nullify' => (relation?.kind === 'tree' || relation?.junction ? 'delete' : 'nullify');

/** The relations that the fields of a collection make. */
export const toHostRelations = (collection: string, fields: Field[]): HostRelation[] =>
  fields.flatMap((field) =>
    field.relation
      ? [
          {
            collection,
            field: field.name,
            related_collection: field.relation.to,
            meta: {
              one_field: field.relation.list?.name ?? null,
              junction_field: field.relation.junction ?? null,
              sort_field: null,
              one_deselect_action: onDeselect(field),
            },
            schema: { on_delete: field.relation.onDelete },
          },
        ]
      : [],
  );
