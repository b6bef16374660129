import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem } from './problem.mjs';
import { step } from './progress.mjs';
import { ROOT } from './paths.mjs';
import { runCommand } from './run-command.mjs';

/** @param {string} program */
const onPath = (program) => (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder && existsSync(join(folder, program)));

const hasChineseFont = () => spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' }).stdout?.trim().length > 0;

/** What the browser tests and the tests of several nodes need from the system, and how to see that it is there. */
const WANTED = [
  { name: 'chromium', isThere: () => ['chromium', 'chromium-browser', 'google-chrome'].some(onPath) },
  { name: 'fonts-noto-cjk', isThere: hasChineseFont },
  { name: 'redis-server', isThere: () => onPath('redis-server') },
];

/** Installs what is missing where we may, else says the one line to run. */
export async function provideSystemPackages() {
  const missing = WANTED.filter(({ isThere }) => !isThere()).map(({ name }) => name);
  if (!missing.length) return;
  const command = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !onPath('apt-get')) throw new Problem('missingPackages', { command: `sudo sh -c '${command}'` });
  await step(`安装系统软件 ${missing.join(' ')}`, `installing packages of the system: ${missing.join(' ')}`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { code } = await runCommand('sh', ['-c', command], { cwd: ROOT, env });
    if (code !== 0) throw new Problem('missingPackages', { command });
  });
}
