/** Links that several collections have. */
import type { Field } from './define.ts';
import { link, t } from './fields.ts';

type More = Partial<Field>;

/** What a person may pick today; rows that ran out stay on the records that have them. The write path says the same. */
const IN_FORCE = {
  _and: [
    { _or: [{ valid_to: { _null: true } }, { valid_to: { _gte: '$NOW' } }] },
    { _or: [{ valid_from: { _null: true } }, { valid_from: { _lte: '$NOW' } }] },
  ],
};

/** What the form of an order or a contract says of its opportunity before the server has to (SAL-7). */
export const dealNote: More = {
  note: t(
    '该客户只有一个进行中的商机时可不填；有多个时必填',
    'Left empty it goes to the customer’s open one; needed where there are several',
  ),
};

export const industry = (more: More = {}): Field =>
  link(
    'industry',
    t('行业', 'Industry'),
    { to: 'crm_industries', kind: 'reference', onDelete: 'NO ACTION' },
    { options: { filter: IN_FORCE, enableLink: false }, ...more },
  );

export const region = (more: More = {}): Field =>
  link(
    'region',
    t('地区', 'Region'),
    { to: 'crm_regions', kind: 'reference', onDelete: 'NO ACTION' },
    { options: { filter: IN_FORCE, enableLink: false }, ...more },
  );
