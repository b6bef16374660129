import type { WriteStep } from '../../platform/api/write-pipeline.ts';
import type { Clock } from '../../platform/api/clock.ts';
import { signedOutTag } from './signed-out-script.ts';
import { lawStep } from './law-step.ts';
import type { FreezePorts } from './ports.ts';
import { thawDue } from './thaw-due.ts';

const WAKE_MS = 5000;

export const freezeSteps = (clock: Clock): readonly WriteStep[] => [lawStep(clock)];

interface Register {
  action(event: string, handler: () => void): void;
  embed(position: 'head' | 'body', code: string): void;
}

/** Brings the way to the log-in page into the Studio, and looks for freezes whose time is over, in a serving process alone; commands never get here. */
export function registerFreezes({ action, embed }: Register, ports: FreezePorts, env: Readonly<Record<string, unknown>>): void {
  embed('head', signedOutTag(env));
  let timer: NodeJS.Timeout | null = null;
  let working: Promise<void> | null = null;
  const wake = (): void => {
    working ??= thawDue(ports)
      .catch((error: unknown) => {
        if (timer) ports.context.logger.error(`crm: freezes that are over were not looked after: ${(error as Error).name}`);
      })
      .finally(() => (working = null));
  };
  const stop = (): void => {
    if (timer) clearInterval(timer);
    timer = null;
  };
  action('server.start', () => {
    timer = setInterval(wake, WAKE_MS).unref();
    wake();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
  });
  action('server.stop', stop);
}
