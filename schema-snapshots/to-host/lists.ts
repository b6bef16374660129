import type { Field, RelatedList, Relation } from '../define.ts';
import { COLLECTIONS, EXTENSIONS } from '../model/index.ts';
import { templateOf } from './template.ts';

interface Link {
  collection: string;
  field: Field;
  relation: Relation & { list: RelatedList };
}

const tables = [
  ...COLLECTIONS.map(({ name, fields }) => ({ name, fields })),
  ...EXTENSIONS.map((one) => ({ name: one.collection, fields: one.fields })),
];

const linksTo = (target: string): Link[] =>
  tables.flatMap(({ name, fields }) =>
    fields.flatMap((field) =>
      field.relation?.to === target && field.relation.list
        ? [{ collection: name, field, relation: { ...field.relation, list: field.relation.list } }]
        : [],
    ),
  );

const ofMany = ({ collection, relation: { list } }: Link): Partial<Field> => ({
  special: ['o2m'],
  interface: 'list-o2m',
  options: {
    layout: list.layout ?? 'list',
    template: list.template ?? templateOf(collection),
    ...(list.fields ? { fields: list.fields } : {}),
    tableSpacing: 'cozy',
    limit: 15,
    enableCreate: !list.readonly && list.create !== false,
    enableSelect: false,
    enableLink: true,
    enableSearchFilter: false,
  },
});

const ofManyToMany = ({ collection, relation: { list } }: Link): Partial<Field> => ({
  special: ['m2m'],
  interface: 'list-m2m',
  options: {
    layout: 'list',
    template: list.template ?? templateOf(collection),
    limit: 15,
    enableCreate: false,
    enableSelect: true,
    ...(list.filter ? { filter: list.filter } : {}),
    enableLink: false,
  },
});

const asField = (link: Link): Field => {
  const { list, junction } = link.relation;
  return {
    name: list.name,
    type: 'alias',
    label: list.label,
    note: list.note,
    display: 'related-values',
    displayOptions: { template: list.template ?? templateOf(link.collection) },
    width: 'full',
    group: list.group,
    hidden: list.hidden,
    readonly: list.readonly,
    conditions: list.conditions,
    ...(junction ? ofManyToMany(link) : ofMany(link)),
  };
};

const placeOf = (list: RelatedList, fields: Field[]): number => {
  const after = list.after ? fields.findIndex(({ name }) => name === list.after) : -1;
  if (after >= 0) return after + 1;
  const last = fields.findLastIndex(({ name, group }) => list.group && (group === list.group || name === list.group));
  return last >= 0 ? last + 1 : fields.length;
};

/** The fields of a collection with the lists that other collections put on its form, each in its place. */
export function withLists(target: string, own: Field[]): Field[] {
  const fields = [...own];
  for (const link of linksTo(target)) fields.splice(placeOf(link.relation.list, fields), 0, asField(link));
  return fields;
}
