import { registerApprovals } from '../approvals/hook.ts';
import { activitySteps, registerOpenAgain } from '../activities/hook.ts';
import { registerRecordPages } from '../activities/timeline/note-record-page.ts';
import { registerPlans } from '../activities/plans/wake.ts';
import { readActivitySettings } from '../activities/settings.ts';
import { registerAudit } from '../audit/hook.ts';
import { customerSteps } from '../customers/hook.ts';
import { grantStep } from '../guard/doctor/grant-step.ts';
import { registerDoctor } from '../guard/doctor/hook.ts';
import { guardSteps, registerGuard } from '../guard/hook.ts';
import { registerExportQuestion } from '../imports/export/host-query.ts';
import { importSteps, registerImports, registerLetGo } from '../imports/hook.ts';
import { HISTORIES } from '../kernel/histories.ts';
import { leadFirstSteps, leadSteps } from '../pipeline/leads/hook.ts';
import { systemClock } from '../platform/api/clock.ts';
import { closedToWrites } from '../platform/api/closed-to-writes.ts';
import { registerOrigins } from '../platform/api/origin.ts';
import { registerWritePipeline } from '../platform/api/write-pipeline.ts';
import { pipelineFirstSteps, pipelineSteps } from '../pipeline/hook.ts';
import { privacyFirstSteps, privacyLastSteps, registerPrivacy } from '../privacy/hook.ts';
import { segmentSteps } from '../segments/hook.ts';
import { registerRateLimit } from '../setup/rate-limit.ts';
import { transferSteps } from '../transfers/hook.ts';
import { absenceFirstSteps, absenceSteps, registerAbsences } from '../users/absences/hook.ts';
import { faultStep } from '../users/faults/fault-step.ts';
import { freezeSteps, registerFreezes } from '../users/freeze/hook.ts';
import { registerHandovers } from '../users/handover/hook.ts';
import { registerRequests, requestFirstSteps, requestForemostSteps, requestSteps } from '../users/requests/hook.ts';
import { registerLogInRows } from '../users/logins/hook.ts';
import { registerProviderPosts } from '../users/logins/provider-posts.ts';
import { registerLogInPurge } from '../users/logins/purge.ts';
import { registerSessions, sessionSteps } from '../users/sessions/hook.ts';
import { registerWelcome, welcomeSteps } from '../welcome/hook.ts';
import { approvalPortsFor } from './approval-kinds.ts';
import { registerAuditCommand } from './audit-command.ts';
import { auditPorts } from './audit-ports.ts';
import { registerInstallCommand } from './cli.ts';
import { registerDoctorCommand } from './doctor-command.ts';
import { doctorOf } from './doctor.ts';
import { guardPorts, readsAll } from './guard-ports.ts';
import { handoversFor } from './handovers.ts';
import { importerFor } from './importer.ts';
import { careFor, exportsFor } from './imports.ts';
import { keysFor } from './keys.ts';
import { pipelinePorts } from './pipeline.ts';
import { leadPortsFor } from './leads.ts';
import { registerSealCommands } from './seal-commands.ts';
import { transferPortsFor } from './transfers.ts';

/** Composition root of the hooks: the order of the write steps is decided here and nowhere else. */
export default (register: never, context: never): void => {
  const { filter, init } = register as {
    filter: Parameters<typeof registerWritePipeline>[0];
    init: Parameters<typeof registerInstallCommand>[0] &
      Parameters<typeof registerDoctorCommand>[0] &
      Parameters<typeof registerSealCommands>[0] &
      Parameters<typeof registerAuditCommand>[0];
  };
  registerDoctorCommand(init, context);
  registerSealCommands(init, context);
  const keys = keysFor(context);
  registerAuditCommand(init, context, keys);
  registerOrigins(register);
  registerDoctor(register, context, doctorOf(context));
  const { services } = context as { services: Parameters<typeof guardSteps>[1] };
  const ports = guardPorts();
  registerRateLimit(register, context);
  registerGuard(register, context, ports);
  registerSessions(register, context, systemClock);
  registerLogInRows(register, context, systemClock);
  registerProviderPosts(register, context);
  registerLogInPurge(register, context, systemClock);
  registerPrivacy(register, context, { keys, clock: systemClock, readsAll: readsAll(ports) });
  registerWelcome(register, context);
  registerExportQuestion(register);
  const audit = registerAudit(register, context, keys, systemClock, auditPorts);
  registerInstallCommand(init, context, audit.catchUp);
  registerImports(register, context, { readings: careFor(context), importer: importerFor(context), exporting: exportsFor(context) });
  registerHandovers(register, context, handoversFor(context));
  registerApprovals(register, context, systemClock);
  const { env } = context as { env: Readonly<Record<string, unknown>> };
  registerOpenAgain();
  registerRecordPages(register, context, systemClock);
  registerLetGo(systemClock);
  registerPlans(register, context, systemClock, readActivitySettings(env));
  registerFreezes(register, { context, clock: systemClock }, env);
  registerRequests(register, context, systemClock);
  registerAbsences(systemClock);
  registerWritePipeline(filter, [
    ...audit.first,
    closedToWrites('entries/histories', HISTORIES),
    ...pipelineFirstSteps,
    ...requestForemostSteps,
    ...guardSteps(ports, services),
    ...privacyFirstSteps(services),
    grantStep,
    ...leadFirstSteps,
    ...requestFirstSteps,
    ...absenceFirstSteps,
    ...segmentSteps,
    ...freezeSteps(systemClock),
    ...requestSteps({ approvals: approvalPortsFor(context), context }),
    ...absenceSteps(approvalPortsFor(context)),
    ...sessionSteps(systemClock, env),
    faultStep(systemClock),
    ...activitySteps(systemClock),
    ...customerSteps(systemClock),
    ...pipelineSteps(pipelinePorts),
    ...leadSteps(leadPortsFor(context)),
    ...welcomeSteps,
    ...importSteps,
    ...transferSteps(transferPortsFor(context)),
    ...privacyLastSteps({ keys, clock: systemClock, services }),
    audit.last,
    audit.schema,
  ]);
};
