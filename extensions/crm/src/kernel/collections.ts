// Generated from schema-snapshots/model by `node schema-snapshots/generate.ts`. Do not edit.

/** Who a row belongs to; see schema-snapshots/define.ts. */
export type Tenancy = 'owned' | 'segmental' | 'config' | 'reference' | 'log' | 'internal';

/** How a relation behaves for isolation; see schema-snapshots/define.ts. */
export type RelationKind = 'tree' | 'segment' | 'user' | 'reference' | 'file';

export type FieldType = 'uuid' | 'string' | 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'timestamp' | 'json';

export interface RelationInfo {
  to: string;
  kind: RelationKind;
  onDelete: 'CASCADE' | 'SET NULL' | 'NO ACTION' | 'RESTRICT';
  /** In a pure junction: the field that holds the other side. */
  junction?: string;
  /** Name of the list on `to` that this field makes. */
  list?: string;
}

export interface FieldInfo {
  type: FieldType;
  notNull: boolean;
  length?: number;
  precision?: number;
  scale?: number;
  choices?: string[];
  /** Stored as a mask: no validation, unique index or length limit outside the write filter. */
  sealed?: boolean;
  /** A cipher, its index or a wrapped key: read by nobody, compared by nobody. */
  secret?: boolean;
  /** Personal data in the sense of the law. */
  personal?: boolean;
  /** Kept by the server only. */
  computed?: boolean;
  relation?: RelationInfo;
}

/** A one-to-many list on a collection; with `junction` a many-to-many one, read through `collection`. */
export interface ListInfo {
  collection: string;
  field: string;
  kind: RelationKind;
  junction?: string;
}

export interface CollectionInfo {
  tenancy: Tenancy;
  ownerOptional: boolean;
  /** The fields of which the first one that is set names the parent in the customer's tree. */
  parents: string[];
  fields: Record<string, FieldInfo>;
  lists: Record<string, ListInfo>;
}

export type ExtensionInfo = Pick<CollectionInfo, 'fields' | 'lists'>;

/** Every collection of ours by name, in the order of creation. */
export const COLLECTIONS: Record<string, CollectionInfo> = {
  crm_companies: {
    tenancy: 'reference',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      name: { type: 'string', notNull: true, length: 255 },
      short_name: { type: 'string', notNull: false, length: 64 },
      project_owner: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      rules: { type: 'text', notNull: false },
      date_created: { type: 'timestamp', notNull: false, computed: true },
      user_created: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      date_updated: { type: 'timestamp', notNull: false, computed: true },
      user_updated: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
    },
    lists: { segments: { collection: 'crm_segments', field: 'company', kind: 'reference' } },
  },
  crm_segments: {
    tenancy: 'reference',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      code: { type: 'string', notNull: true, length: 32 },
      name: { type: 'string', notNull: true, length: 255 },
      company: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_companies', kind: 'reference', onDelete: 'NO ACTION', list: 'segments' },
      },
      timezone: { type: 'string', notNull: true, length: 64 },
      allocation_needs_approval: { type: 'boolean', notNull: true },
      is_group_pool: { type: 'boolean', notNull: true },
      active: { type: 'boolean', notNull: true },
      reveal_notice_at: { type: 'integer', notNull: false },
      reveal_stop_at: { type: 'integer', notNull: false },
      sort: { type: 'integer', notNull: false },
      date_created: { type: 'timestamp', notNull: false, computed: true },
      user_created: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      date_updated: { type: 'timestamp', notNull: false, computed: true },
      user_updated: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
    },
    lists: {},
  },
  crm_teams: {
    tenancy: 'segmental',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      name: { type: 'string', notNull: true, length: 255 },
      leader: { type: 'uuid', notNull: false, relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' } },
      segment: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      date_created: { type: 'timestamp', notNull: false, computed: true },
      user_created: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      date_updated: { type: 'timestamp', notNull: false, computed: true },
      user_updated: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
    },
    lists: {},
  },
  crm_regions: {
    tenancy: 'reference',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      code: { type: 'string', notNull: true, length: 12 },
      name: { type: 'string', notNull: true, length: 64 },
      full_name: { type: 'string', notNull: true, length: 128 },
      level: { type: 'string', notNull: true, length: 64, choices: ['province', 'city'] },
      parent: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_regions', kind: 'reference', onDelete: 'NO ACTION', list: 'children' },
      },
      valid_from: { type: 'date', notNull: false },
      valid_to: { type: 'date', notNull: false },
    },
    lists: { children: { collection: 'crm_regions', field: 'parent', kind: 'reference' } },
  },
  crm_industries: {
    tenancy: 'reference',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      code: { type: 'string', notNull: true, length: 8 },
      name: { type: 'string', notNull: true, length: 128 },
      name_en: { type: 'string', notNull: false, length: 160 },
      level: { type: 'string', notNull: true, length: 64, choices: ['section', 'division'] },
      parent: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_industries', kind: 'reference', onDelete: 'NO ACTION', list: 'children' },
      },
      version: { type: 'string', notNull: true, length: 32 },
      valid_from: { type: 'date', notNull: false },
      valid_to: { type: 'date', notNull: false },
    },
    lists: { children: { collection: 'crm_industries', field: 'parent', kind: 'reference' } },
  },
  crm_tags: {
    tenancy: 'reference',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      name: { type: 'string', notNull: true, length: 64 },
      topic: { type: 'string', notNull: false, length: 64, choices: ['need', 'behaviour', 'relation', 'other'] },
      color: { type: 'string', notNull: false, length: 16 },
      active: { type: 'boolean', notNull: true },
    },
    lists: {},
  },
  crm_products: {
    tenancy: 'config',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      name: { type: 'string', notNull: true, length: 255 },
      code: { type: 'string', notNull: false, length: 64 },
      unit: { type: 'string', notNull: false, length: 16 },
      price: { type: 'decimal', notNull: false, precision: 15, scale: 2 },
      active: { type: 'boolean', notNull: true },
      segment: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      date_created: { type: 'timestamp', notNull: false, computed: true },
      user_created: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      date_updated: { type: 'timestamp', notNull: false, computed: true },
      user_updated: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
    },
    lists: {},
  },
  crm_calendar_days: {
    tenancy: 'reference',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      day: { type: 'date', notNull: true },
      kind: { type: 'string', notNull: true, length: 64, choices: ['workday', 'holiday'] },
      name: { type: 'string', notNull: false, length: 64 },
      source: { type: 'string', notNull: false, length: 128 },
    },
    lists: {},
  },
  crm_user_segments: {
    tenancy: 'internal',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      crm_user: {
        type: 'uuid',
        notNull: true,
        relation: {
          to: 'directus_users',
          kind: 'user',
          onDelete: 'CASCADE',
          junction: 'crm_segment',
          list: 'crm_managed_segments',
        },
      },
      crm_segment: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'CASCADE', junction: 'crm_user' },
      },
      is_home: { type: 'boolean', notNull: true, computed: true },
    },
    lists: {},
  },
  crm_customers: {
    tenancy: 'owned',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      status: { type: 'string', notNull: true, length: 64, choices: ['draft', 'active', 'merged', 'archived'] },
      completeness: { type: 'integer', notNull: true, computed: true },
      missing: { type: 'json', notNull: false, computed: true },
      name: { type: 'string', notNull: true, length: 255 },
      kind: {
        type: 'string',
        notNull: true,
        length: 64,
        choices: ['company', 'institution', 'sole_trader', 'person', 'foreign'],
      },
      name_hint: { type: 'string', notNull: false, length: 64, choices: ['not_legal_name'], computed: true },
      industry: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_industries', kind: 'reference', onDelete: 'NO ACTION' },
      },
      region: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_regions', kind: 'reference', onDelete: 'NO ACTION' },
      },
      needs: { type: 'text', notNull: false },
      class: { type: 'string', notNull: true, length: 64, choices: ['key', 'general', 'potential'] },
      grade: { type: 'string', notNull: false, length: 64, choices: ['A', 'B', 'C'] },
      source: {
        type: 'string',
        notNull: false,
        length: 64,
        choices: ['own', 'company', 'referral', 'exhibition', 'website', 'phone', 'tender', 'other'],
      },
      last_verified_on: { type: 'date', notNull: false },
      cooperation_history: { type: 'text', notNull: false },
      short_name: { type: 'string', notNull: false, length: 128 },
      uscc: { type: 'string', notNull: false, length: 32 },
      employees: { type: 'integer', notNull: false },
      annual_revenue: { type: 'decimal', notNull: false, precision: 15, scale: 2 },
      phone: { type: 'text', notNull: false, sealed: true, personal: true },
      phone_sealed: { type: 'text', notNull: false, secret: true },
      phone_index: { type: 'string', notNull: false, length: 128, secret: true },
      website: { type: 'string', notNull: false, length: 255 },
      address: { type: 'string', notNull: false, length: 255, personal: true },
      postcode: { type: 'string', notNull: false, length: 16 },
      parent: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_customers', kind: 'segment', onDelete: 'SET NULL', list: 'subsidiaries' },
      },
      owner: { type: 'uuid', notNull: true, relation: { to: 'directus_users', kind: 'user', onDelete: 'NO ACTION' } },
      segment: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      last_activity_at: { type: 'timestamp', notNull: false, computed: true },
      next_due_on: { type: 'date', notNull: false, computed: true },
      date_created: { type: 'timestamp', notNull: false, computed: true },
      user_created: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      date_updated: { type: 'timestamp', notNull: false, computed: true },
      user_updated: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
    },
    lists: {
      subsidiaries: { collection: 'crm_customers', field: 'parent', kind: 'segment' },
      contacts: { collection: 'crm_contacts', field: 'customer', kind: 'tree' },
      tags: { collection: 'crm_customers_tags', field: 'customer', kind: 'tree', junction: 'tag' },
      leads: { collection: 'crm_leads', field: 'customer', kind: 'tree' },
      opportunities: { collection: 'crm_opportunities', field: 'customer', kind: 'tree' },
      activities: { collection: 'crm_activities', field: 'customer', kind: 'tree' },
      orders: { collection: 'crm_orders', field: 'customer', kind: 'tree' },
      contracts: { collection: 'crm_contracts', field: 'customer', kind: 'tree' },
      attachments: { collection: 'crm_attachments', field: 'customer', kind: 'tree' },
    },
  },
  crm_contacts: {
    tenancy: 'owned',
    ownerOptional: false,
    parents: ['customer'],
    fields: {
      id: { type: 'uuid', notNull: true },
      name: { type: 'string', notNull: true, length: 128, personal: true },
      position: { type: 'string', notNull: false, length: 128 },
      phone: { type: 'text', notNull: false, sealed: true, personal: true },
      phone_sealed: { type: 'text', notNull: false, secret: true },
      phone_index: { type: 'string', notNull: false, length: 128, secret: true },
      email: { type: 'text', notNull: false, sealed: true, personal: true },
      email_sealed: { type: 'text', notNull: false, secret: true },
      email_index: { type: 'string', notNull: false, length: 128, secret: true },
      wechat: { type: 'text', notNull: false, sealed: true, personal: true },
      wechat_sealed: { type: 'text', notNull: false, secret: true },
      wechat_index: { type: 'string', notNull: false, length: 128, secret: true },
      is_decision_maker: { type: 'boolean', notNull: true },
      is_primary: { type: 'boolean', notNull: true },
      customer: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_customers', kind: 'tree', onDelete: 'NO ACTION', list: 'contacts' },
      },
      hobbies: { type: 'string', notNull: false, length: 255, personal: true },
      last_verified_on: { type: 'date', notNull: false },
      status: { type: 'string', notNull: true, length: 64, choices: ['active', 'archived'] },
      notes: { type: 'text', notNull: false },
      owner: { type: 'uuid', notNull: true, relation: { to: 'directus_users', kind: 'user', onDelete: 'NO ACTION' } },
      segment: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      date_created: { type: 'timestamp', notNull: false, computed: true },
      user_created: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      date_updated: { type: 'timestamp', notNull: false, computed: true },
      user_updated: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
    },
    lists: {},
  },
  crm_customers_tags: {
    tenancy: 'owned',
    ownerOptional: false,
    parents: ['customer'],
    fields: {
      id: { type: 'uuid', notNull: true },
      customer: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_customers', kind: 'tree', onDelete: 'CASCADE', junction: 'tag', list: 'tags' },
      },
      tag: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_tags', kind: 'reference', onDelete: 'CASCADE', junction: 'customer' },
      },
      segment: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      owner: { type: 'uuid', notNull: true, relation: { to: 'directus_users', kind: 'user', onDelete: 'NO ACTION' } },
    },
    lists: {},
  },
  crm_leads: {
    tenancy: 'owned',
    ownerOptional: true,
    parents: ['customer'],
    fields: {
      id: { type: 'uuid', notNull: true },
      title: { type: 'string', notNull: true, length: 255 },
      status: {
        type: 'string',
        notNull: true,
        length: 64,
        choices: ['new', 'qualified', 'allocated', 'following', 'converted', 'lost'],
      },
      company_name: { type: 'string', notNull: false, length: 255 },
      contact_name: { type: 'string', notNull: false, length: 128, personal: true },
      phone: { type: 'text', notNull: false, sealed: true, personal: true },
      phone_sealed: { type: 'text', notNull: false, secret: true },
      phone_index: { type: 'string', notNull: false, length: 128, secret: true },
      region: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_regions', kind: 'reference', onDelete: 'NO ACTION' },
      },
      lost_reason: { type: 'text', notNull: false },
      needs: { type: 'text', notNull: false },
      grade: { type: 'string', notNull: false, length: 64, choices: ['A', 'B', 'C'] },
      source: {
        type: 'string',
        notNull: false,
        length: 64,
        choices: ['own', 'company', 'referral', 'exhibition', 'website', 'phone', 'tender', 'other'],
      },
      industry: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_industries', kind: 'reference', onDelete: 'NO ACTION' },
      },
      position: { type: 'string', notNull: false, length: 128 },
      email: { type: 'text', notNull: false, sealed: true, personal: true },
      email_sealed: { type: 'text', notNull: false, secret: true },
      email_index: { type: 'string', notNull: false, length: 128, secret: true },
      wechat: { type: 'text', notNull: false, sealed: true, personal: true },
      wechat_sealed: { type: 'text', notNull: false, secret: true },
      wechat_index: { type: 'string', notNull: false, length: 128, secret: true },
      customer: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_customers', kind: 'tree', onDelete: 'NO ACTION', list: 'leads' },
      },
      owner: { type: 'uuid', notNull: false, relation: { to: 'directus_users', kind: 'user', onDelete: 'NO ACTION' } },
      segment: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      last_activity_at: { type: 'timestamp', notNull: false, computed: true },
      date_created: { type: 'timestamp', notNull: false, computed: true },
      user_created: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      date_updated: { type: 'timestamp', notNull: false, computed: true },
      user_updated: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
    },
    lists: {
      activities: { collection: 'crm_activities', field: 'lead', kind: 'tree' },
      attachments: { collection: 'crm_attachments', field: 'lead', kind: 'tree' },
    },
  },
  crm_stages: {
    tenancy: 'config',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      key: { type: 'string', notNull: true, length: 64 },
      name: { type: 'string', notNull: true, length: 64 },
      outcome: { type: 'string', notNull: true, length: 64, choices: ['open', 'won', 'lost'] },
      probability: { type: 'integer', notNull: false },
      color: { type: 'string', notNull: false, length: 16 },
      required_fields: { type: 'json', notNull: false },
      active: { type: 'boolean', notNull: true },
      sort: { type: 'integer', notNull: true },
      segment: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
    },
    lists: {},
  },
  crm_opportunities: {
    tenancy: 'owned',
    ownerOptional: false,
    parents: ['customer'],
    fields: {
      id: { type: 'uuid', notNull: true },
      title: { type: 'string', notNull: true, length: 255 },
      customer: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_customers', kind: 'tree', onDelete: 'NO ACTION', list: 'opportunities' },
      },
      stage: { type: 'uuid', notNull: true, relation: { to: 'crm_stages', kind: 'segment', onDelete: 'NO ACTION' } },
      amount: { type: 'decimal', notNull: false, precision: 15, scale: 2 },
      expected_close_on: { type: 'date', notNull: false },
      needs: { type: 'text', notNull: false },
      discount_percent: { type: 'decimal', notNull: false, precision: 5, scale: 2 },
      closed_on: { type: 'date', notNull: false },
      lost_reason: { type: 'text', notNull: false },
      owner: { type: 'uuid', notNull: true, relation: { to: 'directus_users', kind: 'user', onDelete: 'NO ACTION' } },
      segment: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      stage_entered_at: { type: 'timestamp', notNull: false, computed: true },
      last_activity_at: { type: 'timestamp', notNull: false, computed: true },
      date_created: { type: 'timestamp', notNull: false, computed: true },
      user_created: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      date_updated: { type: 'timestamp', notNull: false, computed: true },
      user_updated: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
    },
    lists: {
      stage_changes: { collection: 'crm_stage_changes', field: 'opportunity', kind: 'tree' },
      activities: { collection: 'crm_activities', field: 'opportunity', kind: 'tree' },
      orders: { collection: 'crm_orders', field: 'opportunity', kind: 'tree' },
      contracts: { collection: 'crm_contracts', field: 'opportunity', kind: 'tree' },
      attachments: { collection: 'crm_attachments', field: 'opportunity', kind: 'tree' },
    },
  },
  crm_stage_changes: {
    tenancy: 'owned',
    ownerOptional: false,
    parents: ['opportunity'],
    fields: {
      id: { type: 'uuid', notNull: true },
      opportunity: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'crm_opportunities', kind: 'tree', onDelete: 'SET NULL', list: 'stage_changes' },
      },
      from_stage: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'crm_stages', kind: 'segment', onDelete: 'SET NULL' },
      },
      to_stage: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'crm_stages', kind: 'segment', onDelete: 'SET NULL' },
      },
      changed_at: { type: 'timestamp', notNull: true, computed: true },
      changed_by: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      reason: { type: 'text', notNull: false, computed: true },
      segment: {
        type: 'uuid',
        notNull: true,
        computed: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      owner: {
        type: 'uuid',
        notNull: true,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'NO ACTION' },
      },
    },
    lists: {},
  },
  crm_activities: {
    tenancy: 'owned',
    ownerOptional: false,
    parents: ['customer', 'lead', 'opportunity'],
    fields: {
      id: { type: 'uuid', notNull: true },
      type: {
        type: 'string',
        notNull: true,
        length: 64,
        choices: ['call', 'mail', 'visit', 'meeting', 'message', 'task', 'no_change'],
      },
      customer: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_customers', kind: 'tree', onDelete: 'NO ACTION', list: 'activities' },
      },
      subject: { type: 'string', notNull: true, length: 255 },
      notes: { type: 'text', notNull: false },
      due_on: { type: 'date', notNull: false },
      done_at: { type: 'timestamp', notNull: false },
      opportunity: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_opportunities', kind: 'tree', onDelete: 'NO ACTION', list: 'activities' },
      },
      lead: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_leads', kind: 'tree', onDelete: 'NO ACTION', list: 'activities' },
      },
      priority: { type: 'string', notNull: true, length: 64, choices: ['high', 'medium', 'low'] },
      owner: { type: 'uuid', notNull: true, relation: { to: 'directus_users', kind: 'user', onDelete: 'NO ACTION' } },
      assigned_by: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      done_by: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      segment: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      date_created: { type: 'timestamp', notNull: false, computed: true },
      user_created: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      date_updated: { type: 'timestamp', notNull: false, computed: true },
      user_updated: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
    },
    lists: {},
  },
  crm_orders: {
    tenancy: 'owned',
    ownerOptional: false,
    parents: ['opportunity', 'customer'],
    fields: {
      id: { type: 'uuid', notNull: true },
      number: { type: 'string', notNull: false, length: 64 },
      opportunity: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_opportunities', kind: 'tree', onDelete: 'NO ACTION', list: 'orders' },
      },
      customer: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_customers', kind: 'tree', onDelete: 'NO ACTION', list: 'orders' },
      },
      amount: { type: 'decimal', notNull: false, precision: 15, scale: 2 },
      signed_on: { type: 'date', notNull: false },
      status: { type: 'string', notNull: true, length: 64, choices: ['open', 'done', 'cancelled'] },
      notes: { type: 'text', notNull: false },
      owner: { type: 'uuid', notNull: true, relation: { to: 'directus_users', kind: 'user', onDelete: 'NO ACTION' } },
      segment: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      date_created: { type: 'timestamp', notNull: false, computed: true },
      user_created: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      date_updated: { type: 'timestamp', notNull: false, computed: true },
      user_updated: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
    },
    lists: {
      lines: { collection: 'crm_order_lines', field: 'order', kind: 'tree' },
      attachments: { collection: 'crm_attachments', field: 'order', kind: 'tree' },
    },
  },
  crm_order_lines: {
    tenancy: 'owned',
    ownerOptional: false,
    parents: ['order'],
    fields: {
      id: { type: 'uuid', notNull: true },
      product: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_products', kind: 'segment', onDelete: 'SET NULL' },
      },
      name: { type: 'string', notNull: true, length: 255 },
      quantity: { type: 'decimal', notNull: false, precision: 15, scale: 2 },
      price: { type: 'decimal', notNull: false, precision: 15, scale: 2 },
      amount: { type: 'decimal', notNull: false, precision: 15, scale: 2 },
      order: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_orders', kind: 'tree', onDelete: 'CASCADE', list: 'lines' },
      },
      sort: { type: 'integer', notNull: false },
      segment: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      owner: { type: 'uuid', notNull: true, relation: { to: 'directus_users', kind: 'user', onDelete: 'NO ACTION' } },
    },
    lists: {},
  },
  crm_contracts: {
    tenancy: 'owned',
    ownerOptional: false,
    parents: ['opportunity', 'customer'],
    fields: {
      id: { type: 'uuid', notNull: true },
      number: { type: 'string', notNull: false, length: 64 },
      title: { type: 'string', notNull: false, length: 255 },
      opportunity: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_opportunities', kind: 'tree', onDelete: 'NO ACTION', list: 'contracts' },
      },
      customer: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_customers', kind: 'tree', onDelete: 'NO ACTION', list: 'contracts' },
      },
      amount: { type: 'decimal', notNull: false, precision: 15, scale: 2 },
      signed_on: { type: 'date', notNull: false },
      status: { type: 'string', notNull: true, length: 64, choices: ['draft', 'signed', 'ended', 'cancelled'] },
      starts_on: { type: 'date', notNull: false },
      ends_on: { type: 'date', notNull: false },
      notes: { type: 'text', notNull: false },
      owner: { type: 'uuid', notNull: true, relation: { to: 'directus_users', kind: 'user', onDelete: 'NO ACTION' } },
      segment: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      date_created: { type: 'timestamp', notNull: false, computed: true },
      user_created: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      date_updated: { type: 'timestamp', notNull: false, computed: true },
      user_updated: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
    },
    lists: { attachments: { collection: 'crm_attachments', field: 'contract', kind: 'tree' } },
  },
  crm_targets: {
    tenancy: 'owned',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      user: { type: 'uuid', notNull: true, relation: { to: 'directus_users', kind: 'user', onDelete: 'NO ACTION' } },
      period: { type: 'string', notNull: true, length: 16 },
      amount: { type: 'decimal', notNull: true, precision: 15, scale: 2 },
      notes: { type: 'text', notNull: false },
      owner: { type: 'uuid', notNull: true, relation: { to: 'directus_users', kind: 'user', onDelete: 'NO ACTION' } },
      segment: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      date_created: { type: 'timestamp', notNull: false, computed: true },
      user_created: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      date_updated: { type: 'timestamp', notNull: false, computed: true },
      user_updated: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
    },
    lists: {},
  },
  crm_attachments: {
    tenancy: 'owned',
    ownerOptional: false,
    parents: ['customer', 'lead', 'opportunity', 'contract', 'order'],
    fields: {
      id: { type: 'uuid', notNull: true },
      file: { type: 'uuid', notNull: true, relation: { to: 'directus_files', kind: 'file', onDelete: 'NO ACTION' } },
      name: { type: 'string', notNull: false, length: 255 },
      customer: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_customers', kind: 'tree', onDelete: 'NO ACTION', list: 'attachments' },
      },
      lead: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_leads', kind: 'tree', onDelete: 'NO ACTION', list: 'attachments' },
      },
      opportunity: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_opportunities', kind: 'tree', onDelete: 'NO ACTION', list: 'attachments' },
      },
      contract: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_contracts', kind: 'tree', onDelete: 'NO ACTION', list: 'attachments' },
      },
      order: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_orders', kind: 'tree', onDelete: 'NO ACTION', list: 'attachments' },
      },
      segment: {
        type: 'uuid',
        notNull: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      owner: { type: 'uuid', notNull: true, relation: { to: 'directus_users', kind: 'user', onDelete: 'NO ACTION' } },
      date_created: { type: 'timestamp', notNull: false, computed: true },
      user_created: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      date_updated: { type: 'timestamp', notNull: false, computed: true },
      user_updated: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
    },
    lists: {},
  },
  crm_required_sets: {
    tenancy: 'config',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      name: { type: 'string', notNull: false, length: 64 },
      class: { type: 'string', notNull: false, length: 64, choices: ['key', 'general', 'potential'] },
      kind: {
        type: 'string',
        notNull: false,
        length: 64,
        choices: ['company', 'institution', 'sole_trader', 'person', 'foreign'],
      },
      fields: { type: 'json', notNull: true },
      contact_fields: { type: 'json', notNull: false },
      segment: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
    },
    lists: {},
  },
  crm_completeness_weights: {
    tenancy: 'config',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      field: { type: 'string', notNull: true, length: 64 },
      weight: { type: 'integer', notNull: true },
      segment: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
    },
    lists: {},
  },
  crm_reveals: {
    tenancy: 'segmental',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      at: { type: 'timestamp', notNull: true, computed: true },
      user: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'NO ACTION' },
      },
      collection: { type: 'string', notNull: true, length: 64, computed: true },
      item: { type: 'string', notNull: true, length: 64, computed: true },
      field: { type: 'string', notNull: true, length: 64, computed: true },
      reason: { type: 'text', notNull: false, computed: true },
      purpose: { type: 'string', notNull: true, length: 32, computed: true },
      day: { type: 'date', notNull: true, computed: true },
      count: { type: 'integer', notNull: true, computed: true },
      owner: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      segment: {
        type: 'uuid',
        notNull: true,
        computed: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
    },
    lists: {},
  },
  crm_field_grants: {
    tenancy: 'reference',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      collection: { type: 'string', notNull: true, length: 64 },
      field: { type: 'string', notNull: true, length: 64 },
      role: {
        type: 'string',
        notNull: true,
        length: 64,
        choices: ['system_admin', 'group_executive', 'segment_head', 'segment_admin', 'sales_rep'],
      },
      can_read: { type: 'boolean', notNull: true },
      can_create: { type: 'boolean', notNull: true },
      can_update: { type: 'boolean', notNull: true },
      date_created: { type: 'timestamp', notNull: false, computed: true },
      user_created: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
      date_updated: { type: 'timestamp', notNull: false, computed: true },
      user_updated: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
    },
    lists: {},
  },
  crm_subject_keys: {
    tenancy: 'internal',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      collection: { type: 'string', notNull: true, length: 64 },
      item: { type: 'string', notNull: true, length: 64 },
      key_id: { type: 'string', notNull: true, length: 64 },
      key: { type: 'text', notNull: false, secret: true },
      date_created: { type: 'timestamp', notNull: false },
    },
    lists: {},
  },
  crm_audit: {
    tenancy: 'log',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      at: { type: 'timestamp', notNull: true, computed: true },
      user: { type: 'string', notNull: false, length: 255, computed: true },
      acting_for: { type: 'string', notNull: false, length: 255, computed: true },
      action: { type: 'string', notNull: true, length: 64, computed: true },
      collection: { type: 'string', notNull: true, length: 64, computed: true },
      item: { type: 'string', notNull: false, length: 255, computed: true },
      nth: { type: 'integer', notNull: true, computed: true },
      segment: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      before: { type: 'json', notNull: false, computed: true },
      after: { type: 'json', notNull: false, computed: true },
      reason: { type: 'text', notNull: false, computed: true },
      origin: {
        type: 'string',
        notNull: true,
        length: 64,
        choices: ['request', 'job', 'server', 'command'],
        computed: true,
      },
      ip: { type: 'string', notNull: false, length: 64, computed: true },
      user_agent: { type: 'text', notNull: false, computed: true },
      request_id: { type: 'string', notNull: false, length: 64, computed: true },
      key: { type: 'string', notNull: false, length: 32, computed: true },
      mac: { type: 'string', notNull: false, length: 64, computed: true },
      block: { type: 'integer', notNull: false, computed: true },
    },
    lists: {},
  },
  crm_audit_blocks: {
    tenancy: 'log',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      number: { type: 'integer', notNull: true, computed: true },
      kind: { type: 'string', notNull: true, length: 64, choices: ['rows', 'purge'], computed: true },
      previous: { type: 'string', notNull: false, length: 64, computed: true },
      hash: { type: 'string', notNull: true, length: 64, computed: true },
      rows: { type: 'integer', notNull: true, computed: true },
      first_at: { type: 'timestamp', notNull: false, computed: true },
      last_at: { type: 'timestamp', notNull: false, computed: true },
      sealed_at: { type: 'timestamp', notNull: true, computed: true },
      contents: { type: 'text', notNull: false, computed: true },
      key: { type: 'string', notNull: false, length: 32, computed: true },
      mac: { type: 'string', notNull: false, length: 64, computed: true },
    },
    lists: {},
  },
  crm_install_state: {
    tenancy: 'internal',
    ownerOptional: false,
    parents: [],
    fields: {
      id: { type: 'uuid', notNull: true },
      key: { type: 'string', notNull: true, length: 255 },
      value: { type: 'text', notNull: false },
      hash: { type: 'string', notNull: false, length: 128 },
    },
    lists: {},
  },
};

/** Our fields on the host's own collections. */
export const EXTENDED: Record<string, ExtensionInfo> = {
  directus_users: {
    fields: {
      crm_segment: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      crm_company: {
        type: 'uuid',
        notNull: false,
        relation: { to: 'crm_companies', kind: 'reference', onDelete: 'SET NULL' },
      },
      crm_team: { type: 'uuid', notNull: false, relation: { to: 'crm_teams', kind: 'segment', onDelete: 'SET NULL' } },
      crm_employee_no: { type: 'string', notNull: false, length: 64 },
      crm_position: { type: 'string', notNull: false, length: 128 },
    },
    lists: {
      crm_managed_segments: {
        collection: 'crm_user_segments',
        field: 'crm_user',
        kind: 'user',
        junction: 'crm_segment',
      },
    },
  },
  directus_files: {
    fields: {
      segment: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'crm_segments', kind: 'reference', onDelete: 'NO ACTION' },
      },
      owner: {
        type: 'uuid',
        notNull: false,
        computed: true,
        relation: { to: 'directus_users', kind: 'user', onDelete: 'SET NULL' },
      },
    },
    lists: {},
  },
};
