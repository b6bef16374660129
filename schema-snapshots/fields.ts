/** Makers of the fields that many collections share, so that a model file reads as a list of its business words. */
import type { Choice, Condition, Field, Relation, Text } from './define.ts';

type More = Partial<Omit<Field, 'name' | 'type' | 'label'>>;

export const t = (zh: string, en: string): Text => ({ zh, en });

export const choice = (value: string, zh: string, en: string, look: Pick<Choice, 'icon' | 'color'> = {}): Choice => ({
  value,
  text: t(zh, en),
  ...look,
});

/** Not on the form of a row that is not saved yet. */
export const LATER: Condition = { name: 'not saved yet', rule: { id: { _null: true } }, hidden: true };

/** Only on the form while `rule` holds. */
export const onlyWhen = (
  name: string,
  rule: Record<string, unknown>,
  more: Partial<Condition> = {},
): Pick<Field, 'hidden' | 'conditions'> => ({
  hidden: true,
  conditions: [{ name, rule, hidden: false, ...more }],
});

/** Off the form while `rule` holds. */
export const exceptWhen = (name: string, rule: Record<string, unknown>): Pick<Field, 'conditions'> => ({
  conditions: [{ name, rule, hidden: true }],
});

/** A row is on one record at most, so a parent that is chosen takes the others off the form. */
export const aloneAmong = (field: string, parents: readonly string[]): Pick<Field, 'conditions'> =>
  exceptWhen('on another record', { _or: parents.filter((other) => other !== field).map((other) => ({ [other]: { _nnull: true } })) });

/** The two colours of a label, readable on a light and on a dark page alike. */
export const tint = (color: string): { foreground: string; background: string } => ({
  foreground: `color-mix(in srgb, ${color} 65%, var(--theme--foreground-accent))`,
  background: `color-mix(in srgb, ${color} 14%, transparent)`,
});

export const id = (): Field => ({
  name: 'id',
  type: 'uuid',
  label: t('编号', 'ID'),
  special: ['uuid'],
  interface: 'input',
  hidden: true,
  readonly: true,
  notNull: true,
});

export const line = (name: string, label: Text, more: More = {}): Field => ({
  name,
  type: 'string',
  label,
  length: 255,
  interface: 'input',
  width: 'half',
  ...more,
});

export const prose = (name: string, label: Text, more: More = {}): Field => ({
  name,
  type: 'text',
  label,
  interface: 'input-multiline',
  width: 'full',
  ...more,
});

/** What only the server reads and writes: the host shows a placeholder even to its technical administrator. */
const secret = (name: string, label: Text, more: More): Omit<Field, 'type'> => ({
  name,
  label,
  special: ['conceal'],
  interface: 'input',
  hidden: true,
  readonly: true,
  searchable: false,
  secret: true,
  ...more,
});

/** A wrapped key. */
export const secretText = (name: string, label: Text, more: More = {}): Field => ({ ...secret(name, label, more), type: 'text' });

/**
 * A contact way that is sealed (SEC-1): the column that people see holds a mask, the cipher and its index stand beside it.
 * Unlimited text, checked in the write filter only. privacy/rules/sealed-fields.ts says when and how.
 */
export const sealed = (name: string, label: Text, more: More = {}): Field[] => {
  const place = more.group ? { group: more.group } : {};
  return [
    { name, type: 'text', label, interface: 'crm-sealed', display: 'crm-sealed', width: 'half', sealed: true, personal: true, ...more },
    secretText(`${name}_sealed`, t(`${label.zh}（密文）`, `${label.en} (sealed)`), place),
    {
      ...secret(`${name}_index`, t(`${label.zh}（索引）`, `${label.en} (index)`), place),
      type: 'string',
      length: 128,
      indexed: true,
    },
  ];
};

export const pick = (name: string, label: Text, choices: Choice[], more: More = {}): Field => ({
  name,
  type: 'string',
  label,
  length: 64,
  interface: 'select-dropdown',
  display: 'labels',
  choices,
  width: 'half',
  ...more,
});

export const whole = (name: string, label: Text, more: More = {}): Field => ({
  name,
  type: 'integer',
  label,
  interface: 'input',
  width: 'half',
  ...more,
});

/** 0 to 100, shown as a bar on the form and as a coloured number in lists. */
export const percent = (name: string, label: Text, more: More = {}): Field =>
  whole(name, label, {
    interface: 'slider',
    options: { minValue: 0, maxValue: 100, stepInterval: 1, alwaysShowValue: true },
    display: 'formatted-value',
    displayOptions: {
      suffix: ' %',
      bold: true,
      conditionalFormatting: [
        { operator: 'lt', value: 50, color: '#C9302C' },
        { operator: 'gte', value: 50, color: '#D98200' },
        { operator: 'gte', value: 80, color: '#2E8B57' },
      ],
    },
    ...more,
  });

/** An amount in yuan with two decimals. */
export const money = (name: string, label: Text, more: More = {}): Field => ({
  name,
  type: 'decimal',
  label,
  precision: 15,
  scale: 2,
  interface: 'input',
  options: { iconLeft: 'currency_yuan', min: 0, step: 0.01 },
  display: 'formatted-value',
  displayOptions: { prefix: '¥ ', format: true },
  width: 'half',
  ...more,
});

export const yesNo = (name: string, label: Text, more: More = {}): Field => ({
  name,
  type: 'boolean',
  label,
  special: ['cast-boolean'],
  interface: 'boolean',
  options: { label: t('是', 'Yes') },
  display: 'boolean',
  default: false,
  notNull: true,
  width: 'half',
  ...more,
});

export const day = (name: string, label: Text, more: More = {}): Field => ({
  name,
  type: 'date',
  label,
  interface: 'datetime',
  display: 'datetime',
  width: 'half',
  ...more,
});

export const moment = (name: string, label: Text, more: More = {}): Field => ({
  name,
  type: 'timestamp',
  label,
  interface: 'datetime',
  display: 'datetime',
  displayOptions: { relative: true },
  width: 'half',
  ...more,
});

/**
 * The import that wrote the row, as long as nobody has checked and accepted it (IMP-3); empty for every other row. A plain key
 * without a relation: reports leave such rows out by one column, and whoever reads the row need not see the import.
 */
export const pendingImport = (more: More = {}): Field =>
  line('pending_import', t('待抽检的导入批次', 'Import not accepted yet'), {
    length: 36,
    readonly: true,
    computed: true,
    hidden: true,
    searchable: false,
    ...more,
  });

/** A link to one row of another collection. */
export const link = (name: string, label: Text, relation: Relation, more: More = {}): Field => ({
  name,
  type: 'uuid',
  label,
  special: ['m2o'],
  interface: 'select-dropdown-m2o',
  display: 'related-values',
  width: 'half',
  indexed: true,
  ...more,
  relation,
});

/** A link to a person; people show as face and name, never as a uuid. */
export const person = (name: string, label: Text, more: More & { onDelete?: Relation['onDelete'] } = {}): Field => {
  const { onDelete = 'NO ACTION', ...rest } = more;
  return link(name, label, { to: 'directus_users', kind: 'user', onDelete }, { indexed: false, ...rest });
};

/** A section of the form; closed until somebody opens it unless `open`. */
export const section = (name: string, label: Text, icon: string, more: More & { open?: boolean } = {}): Field => {
  const { open = false, ...rest } = more;
  return {
    name,
    type: 'alias',
    label,
    special: ['alias', 'no-data', 'group'],
    interface: 'group-detail',
    icon,
    options: { start: open ? 'open' : 'closed' },
    width: 'full',
    ...rest,
  };
};

/** The segment every such row carries itself (ORG-2, design.md 2). Stamped by the server. */
export const segment = (more: More = {}): Field =>
  link('segment', t('版块', 'Segment'), { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' }, { notNull: true, ...more });

/** A part of the form that shows what is known of the row and holds no data; not on a row that is not saved yet. */
export const view = (name: string, label: Text, shown: string, more: More = {}): Field => ({
  name,
  type: 'alias',
  label,
  special: ['alias', 'no-data'],
  interface: shown,
  width: 'full',
  conditions: [LATER],
  ...more,
});

/** What happened on a record, from all its histories (CUS-11). */
export const timeline = (group: string): Field => view('timeline', t('动态', 'Timeline'), 'crm-timeline', { group });

/** `segment` of shared configuration: empty means that the row is for all segments. */
export const forSegment = (): Field =>
  segment({
    notNull: false,
    note: t('留空表示适用于所有版块', 'Empty means: for all segments'),
  });

/** Whoever works the row now (Q1). Stamped by the server, moved with the customer's tree. */
export const owner = (more: More = {}): Field => person('owner', t('负责人', 'Owner'), { notNull: true, indexed: true, ...more });

/** When and by whom the row came and changed; kept by the host. */
export const stamps = (): Field[] => [
  moment('date_created', t('创建时间', 'Created on'), { special: ['date-created'], hidden: true, readonly: true, computed: true }),
  person('user_created', t('创建人', 'Created by'), {
    special: ['user-created', 'm2o'],
    onDelete: 'SET NULL',
    hidden: true,
    readonly: true,
    computed: true,
  }),
  moment('date_updated', t('更新时间', 'Updated on'), { special: ['date-updated'], hidden: true, readonly: true, computed: true }),
  person('user_updated', t('更新人', 'Updated by'), {
    special: ['user-updated', 'm2o'],
    onDelete: 'SET NULL',
    hidden: true,
    readonly: true,
    computed: true,
  }),
];
