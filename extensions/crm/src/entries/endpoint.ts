import type { Router } from 'express';
import { registerApprovalRoutes } from '../approvals/endpoint.ts';
import { registerActivityRoutes } from '../activities/endpoint.ts';
import { readActivitySettings } from '../activities/settings.ts';
import { registerAuditRoutes } from '../audit/endpoint.ts';
import { registerGuardRoutes } from '../guard/endpoint.ts';
import { registerImportCommitRoutes } from '../imports/endpoint-commit.ts';
import { registerExportRoutes } from '../imports/export/endpoint.ts';
import { registerImportRoutes } from '../imports/endpoint.ts';
import { registerLeadRoutes } from '../pipeline/leads/endpoint.ts';
import { systemClock } from '../platform/api/clock.ts';
import { registerPipelineRoutes } from '../pipeline/endpoint.ts';
import type { HostContext } from '../platform/api/host.ts';
import { registerPrivacyRoutes } from '../privacy/endpoint.ts';
import { registerMyDayRoutes } from '../reports/my-day/endpoint.ts';
import { registerSetupRoutes } from '../setup/endpoint.ts';
import { registerTransferRoutes } from '../transfers/endpoint.ts';
import { registerAbsenceRoutes } from '../users/absences/endpoint.ts';
import { registerFaultRoutes } from '../users/faults/endpoint.ts';
import { registerFreezeRoutes } from '../users/freeze/endpoint.ts';
import { registerHandoverRoutes } from '../users/handover/endpoint.ts';
import { registerLogInRoutes } from '../users/logins/endpoint.ts';
import { registerRequestRoutes } from '../users/requests/endpoint.ts';
import { registerSessionRoutes } from '../users/sessions/endpoint.ts';
import { guessesFor } from '../users/sessions/guesses.ts';
import { registerWelcomeRoutes } from '../welcome/endpoint.ts';
import { requestPortsFor } from './access-requests.ts';
import { approvalPortsFor } from './approval-kinds.ts';
import { recordAudit } from './audit.ts';
import { auditPorts } from './audit-ports.ts';
import { doctorOf } from './doctor.ts';
import { handoversFor } from './handovers.ts';
import { importerFor } from './importer.ts';
import { exportsFor, importPortsFor, readingsFor } from './imports.ts';
import { keysFor } from './keys.ts';
import { convertPortsFor } from './leads.ts';
import { myDayPortsFor } from './my-day.ts';
import { openApi } from './openapi.ts';
import { pipelinePorts } from './pipeline.ts';
import { transferPortsFor } from './transfers.ts';

/** `/crm/*`: every slice mounts its own routes here, after the guard's, which hold the gate. */
export default {
  id: 'crm',
  handler: (router: Router, context: HostContext) => {
    registerGuardRoutes(router, { context, doctor: doctorOf(context), openApi });
    registerAuditRoutes(router, context, systemClock, auditPorts);
    registerSetupRoutes(router, context, systemClock);
    registerWelcomeRoutes(router, context);
    registerPrivacyRoutes(router, { context, keys: keysFor(context), clock: systemClock, recordAudit });
    registerApprovalRoutes(router, context, approvalPortsFor(context));
    registerLeadRoutes(router, convertPortsFor(context), context.env);
    registerImportRoutes(router, importPortsFor(context), readingsFor(context));
    registerImportCommitRoutes(router, importerFor(context));
    registerExportRoutes(router, exportsFor(context));
    registerPipelineRoutes(router, { ...pipelinePorts, context });
    registerActivityRoutes(router, context, systemClock, readActivitySettings(context.env));
    registerTransferRoutes(router, transferPortsFor(context));
    registerFreezeRoutes(router, { context, clock: systemClock, approvals: approvalPortsFor(context) });
    registerHandoverRoutes(router, handoversFor(context));
    registerRequestRoutes(router, requestPortsFor(context));
    registerAbsenceRoutes(router, { context, clock: systemClock });
    registerLogInRoutes(router, context, systemClock);
    registerSessionRoutes(router, { context, clock: systemClock, guesses: guessesFor(context.env) });
    registerFaultRoutes(router, context, systemClock);
    registerMyDayRoutes(router, myDayPortsFor(context));
  },
};
