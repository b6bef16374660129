import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { COMPILE_CACHE } from '../../../bin/lib/paths.mjs';
import type { InstallReport } from '../../../seed/installer/install.ts';
import type { VariantName } from './variants.ts';

export interface InstallOrder {
  variant?: VariantName;
  place?: 'own' | 'shared';
  check?: boolean;
  repair?: boolean;
  /** Ends the process by SIGKILL when it is about to do this piece of work, or so long after. */
  killAtLine?: number;
  killAfterMs?: number;
}

export interface InstallOutcome {
  /** null: the process was killed. */
  code: number | null;
  report: InstallReport | null;
  refusal: string | null;
  lines: string[];
}

/** Installs in a process of its own, as the host's command line would, with another version of us where a test wants one. */
export async function runInstall(env: Record<string, string>, order: InstallOrder = {}): Promise<InstallOutcome> {
  const own = (name: string) => join(import.meta.dirname, name);
  const child = spawn(process.execPath, ['--import', own('quickly.ts'), own('install-process.ts')], {
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...env, CRM_INSTALL_ORDER: JSON.stringify(order) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const lines = text.split('\n');
  const after = (mark: string) => lines.find((line) => line.startsWith(mark))?.slice(mark.length) ?? null;
  const report = after('REPORT ');
  const refusal = after('REFUSED ');
  if (code === 1 && refusal === null) throw new Error(`the installation failed:\n${text.slice(-4000)}`);
  return { code, report: report ? (JSON.parse(report) as InstallReport) : null, refusal, lines };
}
