/**
 * `npm run certify`: writes the isolation certificate of a running instance (N1). Options: --url, --users FILE (JSON
 * `{role: {email, password}, technical?: …}`), --out FILE, --only COLLECTION,…, --as ROLE,… (while looking for the cause of one
 * failure), --lang en. Exit code 1 when it failed or could not be registered.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { mergedEnvironment } from './lib/dot-env.mjs';
import { fail } from './lib/fail.mjs';
import { ROOT } from './lib/paths.mjs';
import { Problem } from './lib/problem.mjs';
import { DEMO_ADMIN, readSettings, type Settings } from './lib/settings.mjs';
import type { Certificate } from '../extensions/crm/src/guard/certify/certificate.ts';
import { logIn } from './certify/ask.ts';
import type { Logins } from './certify/cast.ts';
import { ALL_ROLES, certify } from './certify/examine.ts';

const { values: flags } = parseArgs({
  options: {
    url: { type: 'string' },
    users: { type: 'string' },
    out: { type: 'string' },
    only: { type: 'string' },
    as: { type: 'string' },
    lang: { type: 'string', default: 'zh-CN' },
  },
});
const english = flags.lang.startsWith('en');
const say = (zh: string, en: string) => console.log(english ? en : zh);

/** The same settings as the server's: environment and `.env`. */
function settingsOrEnd(): Settings {
  try {
    const settings = readSettings(mergedEnvironment(join(ROOT, '.env'), process.env));
    if (!settings.demo && !flags.users) throw new Problem('certifyUsers');
    return settings;
  } catch (error) {
    fail(error);
    throw error;
  }
}

function demoLogins({ demoPassword: password }: Settings): Logins {
  const of = (name: string) => ({ email: `${name}@example.com`, password });
  return {
    system_admin: of('sysadmin1'),
    group_executive: of('exec1'),
    segment_head: of('head.s01'),
    segment_admin: of('segadmin.s01'),
    sales_rep: of('rep1.s01'),
    technical: { email: DEMO_ADMIN, password },
  };
}

function print({ result, totals, failures, skipped, hash, cells }: Certificate): void {
  const roles = [...new Set(cells.map((cell) => cell.role))];
  const sum = (role: string, part: 'held' | 'shut' | 'leak' | 'no_proof') =>
    cells.filter((cell) => cell.role === role).reduce((total, cell) => total + cell[part], 0);
  console.table(
    Object.fromEntries(
      roles.map((role) => [
        role,
        { held: sum(role, 'held'), shut: sum(role, 'shut'), leak: sum(role, 'leak'), no_proof: sum(role, 'no_proof') },
      ]),
    ),
  );
  for (const line of skipped) console.log(`  – ${line}`);
  const shown = failures.slice(0, 40);
  for (const { role, collection, verb, path, why } of shown) console.log(`  ✖ ${role} × ${collection} × ${verb} × ${path}: ${why}`);
  if (failures.length > shown.length)
    say(`  …… 另有 ${failures.length - shown.length} 项`, `  … and ${failures.length - shown.length} more`);
  say(
    `${result === 'passed' ? '✔ 隔离证书：通过' : '✖ 隔离证书：未通过'}（${totals.probes} 项探测，${totals.requests} 次请求）\n  sha256 ${hash}`,
    `${result === 'passed' ? '✔ isolation certificate: passed' : '✖ isolation certificate: failed'} (${totals.probes} probes, ${totals.requests} requests)\n  sha256 ${hash}`,
  );
}

const settings = settingsOrEnd();
const url = (flags.url ?? settings.publicUrl).replace(/\/$/, '');
const logins = flags.users ? (JSON.parse(readFileSync(flags.users, 'utf8')) as Logins) : demoLogins(settings);
try {
  say(`正在检查 ${url} ……`, `examining ${url} …`);
  const certificate = await certify({
    url,
    logins,
    say: (line) => console.log(`  ${line}`),
    ...(flags.only ? { collections: flags.only.split(',') } : {}),
    ...(flags.as ? { roles: ALL_ROLES.filter((role) => flags.as?.split(',').includes(role)) } : {}),
  });
  print(certificate);
  const out = flags.out ?? join(settings.dataDir, 'certificates', `${certificate.finished_at.replaceAll(/[:.]/g, '-')}.json`);
  mkdirSync(dirname(out), { recursive: true, mode: 0o700 });
  writeFileSync(out, JSON.stringify(certificate, null, 2), { mode: 0o600 });
  say(`已写入 ${out}`, `written to ${out}`);
  const admin = await logIn(url, 'system_admin', logins.system_admin);
  const stored = await admin.send('POST', '/crm/certificates', certificate);
  if (stored.status === 200) say('已登记到系统，可在“隔离证书”页查看', 'registered; see the page "Isolation certificate"');
  else say(`✖ 未能登记到系统：${stored.status}`, `✖ could not be registered: ${stored.status}`);
  process.exitCode = certificate.result === 'passed' && stored.status === 200 ? 0 : 1;
} catch (error) {
  say(`✖ 没能完成检查：${(error as Error).message}`, `✖ the examination could not be completed: ${(error as Error).message}`);
  process.exitCode = 2;
}
