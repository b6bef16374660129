import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideSlapd } from '../../bin/lib/slapd.mjs';
import { freePort } from './free-port.ts';

const BASE = 'dc=group,dc=example';
const PEOPLE = `ou=people,${BASE}`;
const GROUPS = `ou=groups,${BASE}`;
const MANAGER = { dn: `cn=manager,${BASE}`, password: 'a-secret-of-the-manager-of-the-tests' };
/** What the host asks by: it reads, and no passwords. */
const READER = { dn: `cn=reader,${BASE}`, password: 'a-secret-of-the-reader-of-the-tests' };

/** Somebody as the directory of the group has them. */
export interface Listed {
  uid: string;
  email: string;
  password: string;
}

export interface DirectoryServer {
  /** What a host is started with that lets people in by this directory, as the provider `name`. */
  envFor(name: string, more?: Record<string, string>): Record<string, string>;
  /** Enters somebody and says under what name they stand. */
  enter(person: Listed): string;
  setPassword(dn: string, password: string): void;
  /** A group of people, by their names. */
  group(name: string, members: readonly string[]): void;
  /** The directory is away; what is in it stays. */
  halt(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

const configuration = (folder: string, { modules, schemas }: { modules: string; schemas: string }) => `
${['core', 'cosine', 'inetorgperson'].map((schema) => `include ${join(schemas, `${schema}.schema`)}`).join('\n')}
modulepath ${modules}
moduleload back_mdb
pidfile ${join(folder, 'slapd.pid')}
argsfile ${join(folder, 'slapd.args')}
database mdb
suffix "${BASE}"
rootdn "${MANAGER.dn}"
rootpw ${MANAGER.password}
directory ${join(folder, 'data')}
maxsize 16777216
dbnosync
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${READER.dn}" read by * none
`;

const FRAME = `
dn: ${BASE}
objectClass: dcObject
objectClass: organization
dc: group
o: group

dn: ${PEOPLE}
objectClass: organizationalUnit
ou: people

dn: ${GROUPS}
objectClass: organizationalUnit
ou: groups

dn: ${READER.dn}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: ${READER.password}
`;

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** It says that it starts before it listens. */
async function waitForStart(child: ChildProcess, port: number): Promise<void> {
  let text = '';
  let failed: Error | null = null;
  child.stderr?.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(-4000)));
  child.once('error', (error) => (failed = error));
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (failed || child.exitCode !== null || child.signalCode !== null) break;
    if (await answers(port)) return;
  }
  throw new Error(`the LDAP server of the tests did not start:\n${text}`, { cause: failed });
}

/** A real LDAP server on a port of its own: OpenLDAP's, with one directory of people and groups that is empty at first. */
export async function startDirectory(): Promise<DirectoryServer> {
  const slapd = await provideSlapd();
  const folder = mkdtempSync(join(tmpdir(), 'crm-ldap-'));
  mkdirSync(join(folder, 'data'), { mode: 0o700 });
  const file = join(folder, 'slapd.conf');
  writeFileSync(file, configuration(folder, slapd), { mode: 0o600 });
  const port = await freePort();
  const url = `ldap://127.0.0.1:${port}`;
  const env = { ...process.env, ...slapd.env };

  let child: ChildProcess | null = null;
  process.once('exit', () => child?.kill('SIGKILL'));
  const resume = async () => {
    // It makes room for as many connections as it may have files: in a container that is a gigabyte.
    const limited = ['-c', 'ulimit -n 1024; exec "$0" "$@"', slapd.server, '-f', file, '-h', `${url}/`, '-d', 'stats'];
    child = spawn('sh', limited, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
    await waitForStart(child, port);
  };
  const halt = async () => {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child?.once('close', resolve));
    child.kill('SIGTERM');
    await ended;
  };
  const change = (tool: 'ldapadd' | 'ldapmodify', entries: string) => {
    const parameters = ['-x', '-H', url, '-D', MANAGER.dn, '-w', MANAGER.password];
    const { status, stderr, error } = spawnSync(slapd.tool(tool), parameters, { env, input: `${entries.trim()}\n`, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${tool}: ${stderr || String(error)}`);
  };

  const stop = async () => {
    await halt();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await resume();
    change('ldapadd', FRAME);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    envFor(name, more = {}) {
      const settings = {
        ...{ DRIVER: 'ldap', CLIENT_URL: url, BIND_DN: READER.dn, BIND_PASSWORD: READER.password },
        ...{ USER_DN: PEOPLE, USER_ATTRIBUTE: 'uid', ...more },
      };
      return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`AUTH_${name.toUpperCase()}_${key}`, value]));
    },
    enter({ uid, email, password }) {
      const dn = `uid=${uid},${PEOPLE}`;
      const names = ['objectClass: inetOrgPerson', `uid: ${uid}`, 'cn: Li Ming', 'givenName: Ming', 'sn: Li'];
      change('ldapadd', [`dn: ${dn}`, ...names, `mail: ${email}`, `userPassword: ${password}`].join('\n'));
      return dn;
    },
    setPassword: (dn, password) =>
      change('ldapmodify', [`dn: ${dn}`, 'changetype: modify', 'replace: userPassword', `userPassword: ${password}`].join('\n')),
    group(name, members) {
      const dn = `cn=${name},${GROUPS}`;
      change(
        'ldapadd',
        [`dn: ${dn}`, 'objectClass: groupOfNames', `cn: ${name}`, ...members.map((member) => `member: ${member}`)].join('\n'),
      );
    },
    halt,
    resume,
    stop,
  };
}

/** Where groups stand, for a host that goes by them. */
export const GROUPS_DN = GROUPS;

export const listed = (password: string): Listed => {
  const uid = randomUUID();
  return { uid, email: `${uid}@example.com`, password };
};
