import manifest from '../../package.json' with { type: 'json' };
import { activityOperations } from '../activities/contract.ts';
import { auditOperations } from '../audit/contract.ts';
import { guardOperations } from '../guard/contract.ts';
import { importCommitOperations } from '../imports/contract-commit.ts';
import { exportOperations } from '../imports/export/contract.ts';
import { importOperations } from '../imports/contract.ts';
import { toOpenApi } from '../platform/api/openapi.ts';
import { privacyOperations } from '../privacy/contract.ts';
import { setupOperations } from '../setup/contract.ts';
import { welcomeOperations } from '../welcome/contract.ts';

/** The document behind `/crm/openapi.json`: every slice's routes. */
export const openApi = toOpenApi(
  [
    ...guardOperations,
    ...auditOperations,
    ...importOperations,
    ...importCommitOperations,
    ...exportOperations,
    ...activityOperations,
    ...privacyOperations,
    ...setupOperations,
    ...welcomeOperations,
  ],
  manifest.version,
);
