import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Stage } from '../customers/stage.ts';
import { dump } from '../installer/database-dump.ts';
import type { Canaries } from './open-sealed.ts';

/** SEC-1: everything that was written above is looked for wherever a thief would look. */
export function nothingLeaks(stage: () => Stage, canaries: Canaries, db: 'sqlite' | 'pg'): void {
  describe('nothing leaks', () => {
    test('SEC-1: no clear value in any table, revisions and activity included', async () => {
      expect(canaries.all.length).toBeGreaterThan(100);
      const { tables } = await dump(stage().world.host.database);
      expect(tables['directus_revisions']!.length).toBeGreaterThan(50);
      const leaking = Object.entries(tables).filter(([, rows]) => canaries.in(JSON.stringify(rows)).length);
      expect(leaking.map(([name, rows]) => [name, rows.filter((row) => canaries.in(JSON.stringify(row)).length).slice(0, 1)])).toEqual([]);
    });

    test('SEC-1: nor in an answer of the host about them', async () => {
      for (const who of ['sysadmin', 'repA1', 'exec'] as const) {
        for (const path of ['crm_contacts', 'crm_leads', 'crm_customers?fields=*,contacts.*,leads.*', 'crm_reveals']) {
          const answer = await stage().world.as[who].request('GET', `/items/${path}${path.includes('?') ? '&' : '?'}limit=1000`);
          expect(canaries.in(answer.text), `${who} ${path}`).toEqual([]);
        }
      }
      for (const path of ['revisions', 'activity', 'notifications']) {
        const answer = await stage().world.root.request('GET', `/${path}?limit=1000&fields=*`);
        expect(canaries.in(answer.text), path).toEqual([]);
        expect(answer.text).not.toContain('crm1.A256GCM');
      }
    });

    test('F20: nor in the server’s log of every statement, where people are looked for', async () => {
      const { host, as } = stage().world;
      await host.restart({ LOG_LEVEL: 'trace', LOG_STYLE: 'raw' });
      const phone = canaries.phone();
      await stage().enter({ name: '追踪有限公司', contacts: [{ name: '壬', phone }] });
      for (const collection of ['crm_contacts', 'crm_leads'])
        for (const who of ['repA1', 'sysadmin'] as const)
          for (const text of [phone, `${canaries.word()}@example.com`])
            expect((await as[who].request('GET', `/items/${collection}?search=${text}`)).status).toBe(200);
      expect(host.logs()).toContain('select');
      expect(canaries.in(host.logs())).toEqual([]);
    });

    test('F20: nor in the server’s log, with every request in it', async () => {
      const { host, as } = stage().world;
      await host.restart({ LOG_LEVEL: 'info', LOG_STYLE: 'raw' });
      const [phone, mail] = [canaries.phone(), `${canaries.word()}@example.com`];
      const referer = `${host.url}/admin/content/crm_contacts?search=${phone}`;
      const wechat = canaries.word();
      for (const path of [
        `/items/crm_contacts/${phone}`,
        `/items/crm_leads?search=${wechat}`,
        `/items/crm_contacts?filter[wechat][_eq]=${wechat}`,
      ])
        await as.repA1.request('GET', path, undefined, { headers: { referer } });
      for (const text of [phone, `${phone}x12`, `+86 ${phone}`, mail, encodeURIComponent(JSON.stringify({ phone: { _eq: phone } }))])
        await as.repA1.request('GET', `/items/crm_contacts?search=${encodeURIComponent(text)}&filter[phone][_eq]=${phone}`, undefined, {
          headers: { referer },
        });
      await as.repA1.request(
        'POST',
        '/items/crm_contacts',
        { name: null, phone, email: mail, customer: 'x' },
        { headers: { 'x-crm-reason': `%20${phone}` } },
      );
      await as.repA1.request('PATCH', `/items/crm_contacts/${crypto.randomUUID()}`, { phone, employees: 'x' });
      expect(host.logs()).toContain('/items/crm_contacts');
      expect(canaries.in(host.logs())).toEqual([]);
    });

    test('SEC-1: nor in log or answer when the database fails: a constraint, a trigger that repeats the row, a full disk', async () => {
      const { host, as, root, create } = stage().world;
      const { database } = host;
      const customer = await stage().enter({ name: '出错有限公司' });
      const values = () => ({ phone: canaries.phone(), email: `${canaries.word()}@example.com`, wechat: canaries.word() });
      const row = { name: '出错', customer, ...values() };
      const { id } = await create('repA1', 'crm_contacts', { ...row, position: 'qz' });
      const stored = await database('crm_contacts').where({ id }).first();
      const { key } = await database('crm_subject_keys').where({ item: id }).first('key');
      const secrets = [key, ...['phone', 'email', 'wechat'].flatMap((field) => [stored[`${field}_sealed`], stored[`${field}_index`]])];
      const begun = host.logs().length;
      const answers: string[] = [];
      for (const { make, drop } of failures(db)) {
        for (const statement of make) await database.raw(statement);
        const tries = [
          await as.repA1.request('POST', '/items/crm_contacts', { ...row, ...values(), hobbies: 'qz' }),
          await as.repA1.request('POST', '/items/crm_contacts', { ...row, position: 'qz' }),
          await as.repA1.request('PATCH', `/items/crm_contacts/${id}`, { ...values(), hobbies: 'qz' }),
          await root.request('PATCH', `/items/crm_contacts/${id}`, { ...values(), hobbies: 'qz' }),
          await as.repA1.graphql(
            'mutation ($id: ID!, $d: update_crm_contacts_input!) { update_crm_contacts_item(id: $id, data: $d) { id } }',
            {
              id,
              d: { ...values(), hobbies: 'qz' },
            },
          ),
          await as.repA1.request('PATCH', `/items/crm_customers/${customer}`, { contacts: [{ ...row, ...values(), hobbies: 'qz' }] }),
        ].map(({ text }) => text);
        expect(tries.filter((text) => text.includes('"errors"')).length, make[0]).toBeGreaterThan(0);
        answers.push(...tries);
        for (const statement of drop) await database.raw(statement);
      }
      const told = `${host.logs().slice(begun)} ${answers.join(' ')}`;
      expect(told).toContain('qz');
      expect(canaries.in(told)).toEqual([]);
      expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
      expect(told).not.toMatch(/crm1\.A256GCM|test\.[\w-]{43}/);
    });

    test('SEC-1: nor in a file of the data folder, the WAL and a dump included', async () => {
      const { host } = stage().world;
      const found: string[] = [];
      if (db === 'pg') {
        const { DB_HOST, DB_PORT, DB_USER, DB_PASSWORD, DB_DATABASE } = host.env;
        const args = ['-h', DB_HOST!, '-p', DB_PORT!, '-U', DB_USER!, DB_DATABASE!];
        const dumped = spawnSync('pg_dump', args, {
          env: { ...process.env, PGPASSWORD: DB_PASSWORD! },
          encoding: 'utf8',
          maxBuffer: 2 ** 29,
        });
        // Only a pg_dump that is not there, or older than the server, may leave this out.
        if (dumped.status !== 0) expect(`${String(dumped.error)} ${dumped.stderr}`).toMatch(/ENOENT|version mismatch/);
        else found.push(...canaries.in(dumped.stdout));
        await host.database.raw('CHECKPOINT');
        const { rows } = await host.database.raw<{ rows: { data_directory: string }[] }>('SHOW data_directory');
        found.push(...grep(canaries, rows[0]!.data_directory));
      }
      for (const file of readdirSync(host.dataDir, { recursive: true, withFileTypes: true }))
        if (file.isFile()) found.push(...canaries.in(readFileSync(join(file.parentPath, file.name), 'latin1')));
      // So much was read at one go that idle connections have ended meanwhile: this is when that is noticed.
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(found).toEqual([]);
    });
  });
}

/** Ways for a statement to fail that only a database knows; each names `qz`, and what it says repeats what it was given. */
function failures(db: 'sqlite' | 'pg'): { make: string[]; drop: string[] }[] {
  const unique = {
    make: [`CREATE UNIQUE INDEX qz_one ON crm_contacts (phone_index) WHERE position = 'qz'`],
    drop: ['DROP INDEX qz_one'],
  };
  if (db === 'pg')
    return [
      unique,
      {
        make: [`ALTER TABLE crm_contacts ADD CONSTRAINT qz_check CHECK (hobbies <> 'qz') NOT VALID`],
        drop: ['ALTER TABLE crm_contacts DROP CONSTRAINT qz_check'],
      },
      {
        make: [
          `CREATE FUNCTION qz_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             RAISE EXCEPTION 'qz: no room for %', NEW USING ERRCODE = '53100', DETAIL = NEW::text, HINT = NEW::text; END $$`,
          'CREATE TRIGGER qz_full BEFORE INSERT ON crm_subject_keys FOR EACH ROW EXECUTE FUNCTION qz_full()',
          'CREATE TRIGGER qz_full BEFORE UPDATE ON crm_contacts FOR EACH ROW EXECUTE FUNCTION qz_full()',
        ],
        drop: ['DROP FUNCTION qz_full CASCADE'],
      },
    ];
  return [
    unique,
    ...['INSERT ON crm_subject_keys', 'UPDATE ON crm_contacts', 'INSERT ON crm_contacts'].map((moment) => ({
      make: [`CREATE TRIGGER qz_full BEFORE ${moment} BEGIN SELECT RAISE(ABORT, 'qz: database or disk is full'); END`],
      drop: ['DROP TRIGGER qz_full'],
    })),
  ];
}

/** The canaries that stand in a file below `folder`; a cluster is too large to be read into memory. */
function grep(canaries: Canaries, folder: string): string[] {
  const list = join(tmpdir(), `crm-canaries-${process.pid}`);
  writeFileSync(list, canaries.all.join('\n'));
  const { stdout } = spawnSync('grep', ['-raohF', '-f', list, folder], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  return [...new Set(stdout.split('\n').filter(Boolean))];
}
