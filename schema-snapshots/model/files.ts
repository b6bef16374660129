import { defineExtension } from '../define.ts';
import { link, person, t } from '../fields.ts';

/** A file carries segment and owner of its own, stamped at upload and moved with the record it is attached to. */
export default defineExtension({
  collection: 'directus_files',
  fields: [
    link(
      'segment',
      t('版块', 'Segment'),
      { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      { readonly: true, hidden: true, computed: true },
    ),
    person('owner', t('负责人', 'Owner'), { readonly: true, hidden: true, indexed: true, onDelete: 'SET NULL', computed: true }),
  ],
  indexes: [
    ['segment', 'id'],
    ['owner', 'id'],
  ],
});
