import manifest from '../../package.json' with { type: 'json' };
import { approvalOperations } from '../approvals/contract.ts';
import { activityOperations } from '../activities/contract.ts';
import { auditOperations } from '../audit/contract.ts';
import { guardOperations } from '../guard/contract.ts';
import { importCommitOperations } from '../imports/contract-commit.ts';
import { exportOperations } from '../imports/export/contract.ts';
import { importOperations } from '../imports/contract.ts';
import { pipelineOperations } from '../pipeline/contract.ts';
import { leadOperations } from '../pipeline/leads/contract.ts';
import { toOpenApi } from '../platform/api/openapi.ts';
import { privacyOperations } from '../privacy/contract.ts';
import { myDayOperations } from '../reports/my-day/contract.ts';
import { setupOperations } from '../setup/contract.ts';
import { transferOperations } from '../transfers/contract.ts';
import { absenceOperations } from '../users/absences/contract.ts';
import { faultOperations } from '../users/faults/contract.ts';
import { freezeOperations } from '../users/freeze/contract.ts';
import { handoverOperations } from '../users/handover/contract.ts';
import { logInOperations } from '../users/logins/contract.ts';
import { requestOperations } from '../users/requests/contract.ts';
import { sessionOperations } from '../users/sessions/contract.ts';
import { welcomeOperations } from '../welcome/contract.ts';

/** The document behind `/crm/openapi.json`: every slice's routes. */
export const openApi = toOpenApi(
  [
    ...guardOperations,
    ...approvalOperations,
    ...auditOperations,
    ...importOperations,
    ...importCommitOperations,
    ...exportOperations,
    ...pipelineOperations,
    ...leadOperations,
    ...activityOperations,
    ...privacyOperations,
    ...myDayOperations,
    ...setupOperations,
    ...transferOperations,
    ...freezeOperations,
    ...handoverOperations,
    ...requestOperations,
    ...absenceOperations,
    ...logInOperations,
    ...sessionOperations,
    ...faultOperations,
    ...welcomeOperations,
  ],
  manifest.version,
);
