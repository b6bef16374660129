import type { HostContext } from '../platform/api/host.ts';
import { registerErrorAnswers } from './error-answers.ts';
import type { GuardPorts, GuardRegister } from './ports.ts';
import { registerQueryGuard } from './query-hook.ts';
import { registerRequestGate } from './request-gate.ts';
import { registerResponseHeaders } from './response-headers.ts';
import { spreadSafetyNet } from './safety-net.ts';
import { registerSatelliteGuard } from './satellite-hooks.ts';
import { registerSchemaGuard } from './schema-hooks.ts';
import { registerSignInGate } from './sign-in-gate.ts';
import { registerSocketGuard } from './socket-guard.ts';

export { guardSteps } from './write-step.ts';

/** Closes what the host leaves open for collections of the CRM and for its people (design.md 3). */
export function registerGuard(register: GuardRegister, context: HostContext, ports: GuardPorts): void {
  spreadSafetyNet({ error: (text) => context.logger.error(text) });
  registerResponseHeaders(register, context.database);
  registerSignInGate(register, context);
  registerRequestGate(register, context, ports);
  registerErrorAnswers(register, context);
  registerQueryGuard(register, ports);
  registerSatelliteGuard(register, context.services);
  registerSchemaGuard(register);
  registerSocketGuard(register);
}
