import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { BlockList, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../../bin/lib/paths.mjs';
import { productionProblems } from '../../bin/lib/production.mjs';
import { runCommand } from '../../bin/lib/run-command.mjs';
import { readSettings } from '../../bin/lib/settings.mjs';

interface Service {
  image?: string;
  environment?: Record<string, string>;
  ports?: string[];
  networks: string[] | Record<string, { ipv4_address: string }>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: object;
}

interface Network {
  ipam: { config: { subnet: string; ip_range: string }[] };
}

const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
const { services, networks } = parse(text) as { services: Record<string, Service>; networks: Record<string, Network> };
const crm = services['crm']!.environment!;

describe('docker-compose.yml (issue 2 §1)', () => {
  it('runs PostgreSQL, Redis, the app and a proxy, each at a fixed version', () => {
    expect(Object.keys(services)).toEqual(['database', 'redis', 'crm', 'proxy']);
    for (const { image } of Object.values(services)) if (image) expect(image).toMatch(/:\d+\.\d+/);
  });

  it('is production', () => {
    expect(crm['CRM_DEMO']).toBe('false');
  });

  it('has no default secret: each must be given, or compose stops with its name', () => {
    for (const name of ['SECRET', 'CRM_KEYS', 'DB_PASSWORD', 'REDIS_PASSWORD']) expect(crm[name]).toBe(`\${${name}:?set ${name}}`);
    expect(services['database']!.environment!['POSTGRES_PASSWORD']).toMatch(/^\$\{DB_PASSWORD:\?/);
    expect(crm['PUBLIC_URL']).toMatch(/^https:\/\/\$\{CRM_DOMAIN:\?/);
  });

  it('leaves nothing in .env.example that would do as a secret', () => {
    const lines = readFileSync(join(ROOT, '.env.example'), 'utf8').split('\n');
    expect(lines.filter((line) => /^\w+=./.test(line))).toEqual([]);
  });

  it('trusts exactly the address of the proxy', () => {
    const { inner } = services['proxy']!.networks as Record<string, { ipv4_address: string }>;
    expect(crm['IP_TRUST_PROXY']).toBe(inner!.ipv4_address);
  });

  it('never deals out the address of the proxy to another container', () => {
    const list = new BlockList();
    const [{ subnet, ip_range }] = networks['inner']!.ipam.config as [{ subnet: string; ip_range: string }];
    const [address, bits] = ip_range.split('/') as [string, string];
    list.addSubnet(address, Number(bits));
    expect(list.check(address)).toBe(true);
    expect(subnet.split('.').slice(0, 3)).toEqual(address.split('.').slice(0, 3));
    for (const { networks: joined } of Object.values(services)) {
      if (!Array.isArray(joined)) expect(list.check(joined['inner']!.ipv4_address)).toBe(false);
    }
  });

  it('passes on every setting of mail that .env.example names', () => {
    const named = [...readFileSync(join(ROOT, '.env.example'), 'utf8').matchAll(/^(EMAIL_\w+)=/gm)].map(([, name]) => name!);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !crm[name]?.startsWith(`\${${name}:-`))).toEqual([]);
  });

  it.each([
    ['ok', 0],
    ['closed', 0],
    ['starting', 1],
  ])('takes a server that answers "%s" for one in order or not, by its exit code %s', async (status, code) => {
    const server = createServer((_, response) => response.writeHead(status === 'ok' ? 200 : 503).end(JSON.stringify({ status })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const env = { PATH: process.env['PATH'], PORT: String((server.address() as AddressInfo).port) };
    expect(services['crm']!.healthcheck).toMatchObject({ test: ['CMD', 'node', 'bin/health.mjs'] });
    const { code: answer } = await runCommand(process.execPath, ['bin/health.mjs'], { cwd: ROOT, env });
    server.close();
    expect(answer).toBe(code);
  });

  it('opens the proxy to the world and nothing else', () => {
    const open = Object.entries(services).filter(([, { ports }]) => ports);
    expect(open.map(([name]) => name)).toEqual(['proxy']);
  });

  it('starts in order, by health', () => {
    expect(services['crm']!.depends_on).toEqual({ database: { condition: 'service_healthy' }, redis: { condition: 'service_healthy' } });
    for (const name of ['database', 'redis', 'crm']) expect(services[name]!.healthcheck).toBeDefined();
  });

  it('gives the app all it asks for', () => {
    const given = {
      ...crm,
      SECRET: '4b1fd70a2c59e3860d7c1b2a9f8e5d43',
      CRM_KEYS: `k1:${Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64')}`,
      DB_PASSWORD: '0f1e2d3c4b5a6978',
    };
    const problems = productionProblems(readSettings({ ...given, PUBLIC_URL: 'https://crm.example.com' }));
    expect(problems.map(({ message }) => message)).toEqual([]);
  });

  it('hands the proxy everything for one app', () => {
    expect(readFileSync(join(ROOT, 'bin/docker/Caddyfile'), 'utf8')).toMatch(/reverse_proxy crm:8055/);
  });
});
