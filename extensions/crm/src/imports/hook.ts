import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { closedStep } from './closed-step.ts';
import type { Importer } from './commit/commit.ts';

/** What this slice does with every write of the CRM. */
export const importSteps: readonly WriteStep[] = [closedStep];

/** How often a node looks for imports that another one has left in the middle. */
const LOOK_MS = 2500;

/** Goes on with interrupted imports after a start, and takes over from nodes that died (F33, F40). Commands never get here. */
export function registerImports({ action }: { action(event: string, handler: () => void): void }, { resume, runs, ports }: Importer): void {
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  const look = () =>
    resume().catch((error: unknown) => {
      if (!stopped) ports.context.logger.error(`crm: interrupted imports could not be looked for: ${(error as Error).name}`);
    });
  const stop = () => {
    stopped = true;
    if (timer) clearInterval(timer);
    runs.stop();
  };
  action('server.start', () => {
    timer ??= setInterval(() => void look(), LOOK_MS);
    timer.unref();
    void look();
    // Earlier than `server.stop`, which comes when the database is closed already.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
  });
  action('server.stop', stop);
}
