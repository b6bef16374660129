import { useStores } from '@directus/extensions-sdk';
import { getCurrentInstance } from 'vue';
import { useSay } from '../../platform/app/i18n.ts';
import { ROLE_NAMES as ROLES } from '../../kernel/roles.ts';
import { ROLE_NAMES } from '../../platform/app/role-names.ts';
import { AUDIT, HOST_NAMES } from './locale.ts';

interface Stores {
  useCollectionsStore(): { getCollection(name: string): { name?: string } | null };
  useFieldsStore(): { getField(collection: string, field: string): { name?: string } | null };
}

interface Names {
  collection(name: string): string;
  field(collection: string, name: string): string;
  /** A role or a policy: ours by what people call them, the host's own (`$t:…`) as the Studio translates them, others as they are. */
  right(name: string): string;
}

/** How the host stores names that it translates itself: the public policy is `$t:public_label`. */
const REFERENCE = '$t:';
const OUR_POLICY = /^crm_/;

/** What things are called, where the reader may know it; else their technical names. */
export function useNames(): Names {
  const say = useSay();
  const { useCollectionsStore, useFieldsStore } = useStores() as Stores;
  const [collections, fields] = [useCollectionsStore(), useFieldsStore()];
  const { $t: translate } = getCurrentInstance()!.appContext.config.globalProperties as { $t?: (key: string) => string };
  return {
    collection: (name) => (HOST_NAMES[name] ? say(HOST_NAMES[name]) : (collections.getCollection(name)?.name ?? name)),
    field: (collection, name) => fields.getField(collection, name)?.name ?? name,
    right: (name) => {
      if (name.startsWith(REFERENCE)) return translate?.(name.slice(REFERENCE.length)) ?? name;
      if (name === 'crm_auditor') return say(AUDIT.auditor);
      const role = ROLES.find((one) => one === name.replace(OUR_POLICY, ''));
      return role ? say(ROLE_NAMES[role]!) : name;
    },
  };
}
