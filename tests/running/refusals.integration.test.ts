import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../harness/free-port.ts';
import { postgresEnvironment } from '../harness/test-database.ts';
import { dataFolder, processesWith, runStart } from './start-command.ts';

const data = dataFolder();
let port: string;

beforeAll(async () => {
  port = String(await freePort());
});
afterAll(() => data.remove());

/** Starts, expects the end, and hands back the lines that say why. */
async function refusedWith(env: Record<string, string>, nodeOptions: string[] = []): Promise<string[]> {
  const run = runStart({ PORT: port, CRM_DATA_DIR: data.folder, ...env }, nodeOptions);
  expect(await run.ended).toBe(1);
  const lines = run
    .output()
    .split('\n')
    .filter((line) => line.startsWith('✗'));
  expect(run.output()).not.toMatch(/^\s+at /m);
  return lines;
}

async function listening(onConnection: (server: Server) => void = () => undefined): Promise<Server> {
  const server = createServer();
  onConnection(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const portOf = (server: Server) => String((server.address() as AddressInfo).port);

/** Speaks just enough of PostgreSQL to refuse everyone. */
const refusingPostgres = () =>
  listening((server) =>
    server.on('connection', (socket) => {
      const fields = ['SFATAL', 'C28P01', 'Mpassword authentication failed'].map((field) => `${field}\0`).join('') + '\0';
      const length = Buffer.alloc(4);
      length.writeInt32BE(fields.length + 4);
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(Buffer.concat([Buffer.from('E'), length, Buffer.from(fields)])));
    }),
  );

describe('what is in the way of a start is said in one clear line (issue 2 §1)', () => {
  it('a taken port', async () => {
    const other = await listening();
    const lines = await refusedWith({ PORT: portOf(other) });
    other.close();
    expect(lines).toEqual([expect.stringMatching(/端口 \d+ 已被占用.* \| port \d+ is taken/)]);
  });

  it('a Node.js that is too old', async () => {
    const old = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"18.20.0"}})';
    expect(await refusedWith({}, ['--import', old])).toEqual([
      expect.stringMatching(/Node\.js 18\.20\.0 太旧.* \| Node\.js 18\.20\.0 is too old/),
    ]);
  });

  it('no number where the port should be', async () => {
    expect(await refusedWith({ PORT: 'http' })).toEqual([expect.stringContaining('PORT must be a whole number')]);
  });

  it('an address that this machine does not have', async () => {
    expect(await refusedWith({ HOST: '127.0.0.1.invalid', CRM_DEMO: 'true' })).toEqual([expect.stringContaining('loopback')]);
  });

  it('a demo that others could reach', async () => {
    expect(await refusedWith({ HOST: '0.0.0.0' })).toEqual([expect.stringContaining('CRM_DEMO=false')]);
  });

  it('a data folder that cannot be one', async () => {
    const file = join(data.folder, 'a-file');
    writeFileSync(file, '');
    expect(await refusedWith({ CRM_DATA_DIR: join(file, 'data') })).toEqual([expect.stringContaining('the data folder cannot be used')]);
  });

  it.each([
    ['text', 'this is no database, but it is long enough to be read as one'],
    ['a header and then nothing sensible', `SQLite format 3\0${'x'.repeat(8000)}`],
  ])('a database file that holds %s', async (_, content) => {
    const folder = join(data.folder, 'broken');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'crm.db'), content);
    expect(await refusedWith({ CRM_DATA_DIR: folder })).toEqual([expect.stringContaining('the database file is damaged')]);
  });

  it('a database kind that we do not know', async () => {
    expect(await refusedWith({ DB_CLIENT: 'mysql' })).toEqual([expect.stringContaining('DB_CLIENT=mysql is not supported')]);
  });

  it('a PostgreSQL that does not answer', async () => {
    const env = { ...postgresEnvironment('none'), DB_PORT: String(await freePort()) };
    expect(await refusedWith(env)).toEqual([
      expect.stringMatching(/连接不上数据库.* \| the database at .* cannot be reached \(ECONNREFUSED\)/),
    ]);
  });

  it('a PostgreSQL that refuses the password', async () => {
    const server = await refusingPostgres();
    const lines = await refusedWith({ ...postgresEnvironment('crm'), DB_PORT: portOf(server) });
    server.close();
    expect(lines).toEqual([expect.stringContaining('check DB_USER and DB_PASSWORD')]);
  });

  it('a PostgreSQL without that database', async () => {
    expect(await refusedWith(postgresEnvironment('crm_there_is_no_such'))).toEqual([expect.stringContaining('createdb -O')]);
  });
});

describe('production has no default secrets (issue 2 §1)', () => {
  it('names everything that is missing, one line each, and starts nothing', async () => {
    const lines = await refusedWith({ CRM_DEMO: 'false', DB_CLIENT: 'pg' });
    const names = lines.map((line) => /needs (\w+):/.exec(line)?.[1]);
    expect(names).toEqual(['SECRET', 'PUBLIC_URL', 'CRM_KEYS', 'DB_HOST', 'DB_DATABASE', 'DB_USER', 'DB_PASSWORD']);
    expect(processesWith(data.folder)).toEqual([]);
  });
});
