import type { Router } from 'express';
import { registerGuardRoutes } from '../guard/endpoint.ts';
import { systemClock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';
import { registerSetupRoutes } from '../setup/endpoint.ts';
import { registerWelcomeRoutes } from '../welcome/endpoint.ts';
import { doctorOf } from './doctor.ts';
import { openApi } from './openapi.ts';

/** `/crm/*`: every slice mounts its own routes here, after the guard's, which hold the gate. */
export default {
  id: 'crm',
  handler: (router: Router, context: HostContext) => {
    registerGuardRoutes(router, { context, doctor: doctorOf(context), openApi });
    registerSetupRoutes(router, context, systemClock);
    registerWelcomeRoutes(router, context);
  },
};
