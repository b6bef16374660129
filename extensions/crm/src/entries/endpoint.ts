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
import { registerWelcomeRoutes } from '../welcome/endpoint.ts';
import { approvalPortsFor } from './approval-kinds.ts';
import { recordAudit } from './audit.ts';
import { auditPorts } from './audit-ports.ts';
import { doctorOf } from './doctor.ts';
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
    registerMyDayRoutes(router, myDayPortsFor(context));
  },
};
