import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { closedFor, closedPaths } from './closed.mjs';
import { runHost, waitUntilReady } from './host-process.mjs';
import { Problem } from './problem.mjs';
import { step } from './progress.mjs';
import { isStopping, onStop } from './stopping.mjs';

const SECONDS = 120;
/** The doctor's first look may meet a database that is still busy: closed is what stays closed for so long. */
const CLOSED_SECONDS = 4;

/**
 * Starts the host as our own child and waits until the CRM can be used. In production its log goes to the console too
 * (containers read it there), in the demo to a file only. A CRM whose doctor keeps it closed goes on serving: the Studio, the
 * doctor's page and the repair are the way out.
 * @param {import('./settings.mjs').Settings} settings
 * @param {Record<string, string>} env
 * @param {string} node
 */
export async function serve(settings, env, node) {
  const log = join(settings.dataDir, 'host.log');
  const file = createWriteStream(log);
  /** @type {string[]} */
  let closed = [];
  const host = await step('启动服务', 'starting the server', async () => {
    const started = runHost(['start'], env, {
      node,
      onOutput: (text) => {
        file.write(text);
        if (!settings.demo) process.stdout.write(text);
      },
    });
    onStop(() => started.stop(8000));
    const host = settings.host === '0.0.0.0' || settings.host === '::' ? '127.0.0.1' : settings.host;
    try {
      const url = `http://${host.includes(':') ? `[${host}]` : host}:${settings.port}`;
      closed = closedPaths(await waitUntilReady(url, started, { seconds: SECONDS, isEnough: closedFor(CLOSED_SECONDS) }));
    } catch (error) {
      if (isStopping()) return started;
      await started.stop();
      if (started.output().includes('EADDRINUSE')) throw new Problem('portTaken', { port: settings.port });
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
      if (reason.includes('ended while starting')) throw new Problem('hostEnded', { log });
      throw new Problem('notReady', { seconds: SECONDS, reason: reason.replace(/^.*?\(/, '').replace(/\)$/, '') });
    }
    return started;
  });
  return { host, log, closed };
}
