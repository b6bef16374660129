import { customerSteps } from '../customers/hook.ts';
import { grantStep } from '../guard/doctor/grant-step.ts';
import { registerDoctor } from '../guard/doctor/hook.ts';
import { guardSteps, registerGuard } from '../guard/hook.ts';
import { systemClock } from '../platform/api/clock.ts';
import { registerWritePipeline } from '../platform/api/write-pipeline.ts';
import { segmentSteps } from '../segments/hook.ts';
import { registerRateLimit } from '../setup/rate-limit.ts';
import { registerWelcome, welcomeSteps } from '../welcome/hook.ts';
import { registerInstallCommand } from './cli.ts';
import { registerDoctorCommand } from './doctor-command.ts';
import { doctorOf } from './doctor.ts';
import { guardPorts } from './guard-ports.ts';

/** Composition root of the hooks: the order of the write steps is decided here and nowhere else. */
export default (register: never, context: never): void => {
  const { filter, init } = register as {
    filter: Parameters<typeof registerWritePipeline>[0];
    init: Parameters<typeof registerInstallCommand>[0] & Parameters<typeof registerDoctorCommand>[0];
  };
  registerInstallCommand(init, context);
  registerDoctorCommand(init, context);
  registerDoctor(register, context, doctorOf(context));
  const { services } = context as { services: Parameters<typeof guardSteps>[1] };
  const ports = guardPorts();
  registerRateLimit(register, context);
  registerGuard(register, context, ports);
  registerWelcome(register, context);
  registerWritePipeline(filter, [
    ...guardSteps(ports, services),
    grantStep,
    ...segmentSteps,
    ...customerSteps(systemClock),
    ...welcomeSteps,
  ]);
};
