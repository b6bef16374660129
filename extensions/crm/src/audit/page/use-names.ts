import { ROLE_NAMES as ROLES } from '../../kernel/roles.ts';
import { useSay } from '../../platform/app/i18n.ts';
import { ROLE_NAMES } from '../../platform/app/role-names.ts';
import { useNames, type Names } from '../../platform/app/use-names.ts';
import { AUDIT, HOST_NAMES } from './locale.ts';

interface AuditNames extends Names {
  /** A role or a policy: ours by what people call them, the host's own (`$t:…`) as the Studio translates them, others as they are. */
  right(name: string): string;
}

const OUR_POLICY = /^crm_/;

/** What things in the log are called, the host's own tables and rights among them. */
export function useAuditNames(): AuditNames {
  const say = useSay();
  const names = useNames();
  return {
    ...names,
    collection: (name) => (HOST_NAMES[name] ? say(HOST_NAMES[name]) : names.collection(name)),
    right: (name) => {
      if (name === 'crm_auditor') return say(AUDIT.auditor);
      const role = ROLES.find((one) => one === name.replace(OUR_POLICY, ''));
      return role ? say(ROLE_NAMES[role]!) : names.text(name);
    },
  };
}
