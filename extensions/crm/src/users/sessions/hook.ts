import { registerClosedReset } from './closed-reset.ts';
import { closedStep, endTokensOfClosed } from './closed-step.ts';
import { endDays } from './day-end.ts';
import { guessesFor } from './guesses.ts';
import { registerSessionGate, type GateRegister } from './gate.ts';
import { passwordStep } from './password-step.ts';
import { registerScreenRenewal } from './screen-renewal.ts';
import { registerSecondFactor } from './second-factor.ts';
import { sessionTag } from './session-script.ts';
import { forgetOldNotes } from './session-notes.ts';
import { sessionSettingsStep } from './settings-step.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { HostContext, Row } from '../../platform/api/host.ts';
import type { WriteStep } from '../../platform/api/write-pipeline.ts';

type Env = Readonly<Record<string, unknown>>;

const WAKE_MS = 5000;

/** Whether somebody new has to set a password of their own: always, but in the demo, whose log-ins are printed. */
const forcesFirstPassword = (env: Env): boolean => ![undefined, false, 'false'].includes(env['CRM_FORCED_CHANGE'] as never);

export const sessionSteps = (clock: Clock, env: Env): readonly WriteStep[] => [
  sessionSettingsStep(clock),
  closedStep(clock),
  passwordStep(clock, forcesFirstPassword(env)),
];

interface Register extends GateRegister {
  action(event: string, handler: (meta: Row) => void): void;
  embed(position: 'head' | 'body', code: string): void;
}

/** Holds sessions to what segments say, and brings the lock screen into the Studio (ACC-1 … ACC-5). */
export function registerSessions(register: Register, context: HostContext, clock: Clock): void {
  registerSessionGate(register, context, clock);
  registerScreenRenewal(register, context);
  registerSecondFactor(register, { context, clock, guesses: guessesFor(context.env) });
  registerClosedReset(register, context);
  register.embed('head', sessionTag(context.env));
  // By our own use cases, past the steps of a form.
  register.action('users.update', ({ keys, payload }) => {
    const { status } = (payload ?? {}) as Row;
    if (typeof status !== 'string' || status === 'active' || !Array.isArray(keys)) return;
    const end = async () => {
      for (const key of keys) await endTokensOfClosed(context.database, clock, String(key));
    };
    end().catch((error: unknown) => context.logger.error(`crm: tokens of somebody closed were not ended: ${(error as Error).name}`));
  });
  let timer: NodeJS.Timeout | null = null;
  let working: Promise<void> | null = null;
  const work = async (): Promise<void> => {
    await endDays(context.database, clock);
    await forgetOldNotes(context.database, clock.now());
  };
  const wake = (): void => {
    working ??= work()
      .catch((error: unknown) => {
        if (timer) context.logger.error(`crm: working days that are over were not ended: ${(error as Error).name}`);
      })
      .finally(() => (working = null));
  };
  const stop = (): void => {
    if (timer) clearInterval(timer);
    timer = null;
  };
  register.action('server.start', () => {
    timer = setInterval(wake, WAKE_MS).unref();
    wake();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
  });
  register.action('server.stop', stop);
}
