import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStanding } from '../../bin/lib/install-state.mjs';
import { refuseStanding } from '../../bin/lib/installation.mjs';
import { ROOT } from '../../bin/lib/paths.mjs';
import type { Client } from '../harness/client.ts';
import { refusesForeignNeeds } from './foreign-needs.ts';
import { killedAt, type Moment } from './kill-at.ts';
import { addContact, addNote, addOwnCollection, AWKWARD, FILE, flip, PHONE, upload } from './precious-rows.ts';
import { cleanEnvironment, dataFolder, processesWith } from './start-command.ts';
import {
  contentOf,
  databases,
  schemaOf,
  findInFiles,
  installationIn,
  PASSPHRASE,
  sessionsIn,
  type Installation,
  type Kind,
} from './vault-world.ts';

type Refusal = [what: string, said: string, spoil: (file: string) => unknown, more: Record<string, string>];

describe.each<Kind>(['sqlite', 'pg'])('backup and restore on %s (SEC-1, BAK-1, BAK-2, BAK-3, F43, F44)', (kind) => {
  const [data, drill, out] = [dataFolder(), dataFolder(), dataFolder()];
  const server = databases(kind);
  let live: Installation;
  let there: Installation;
  let drillDatabase: string;
  let admin: Client;
  let [fileId, contactId, good] = ['', '', ''];
  /** What the good backup holds. */
  let held: Record<string, string>;

  const backups = () => readdirSync(out.folder).filter((name) => name.startsWith('crm-'));
  const into = () => ['--into', there.dataDir, ...(kind === 'pg' ? ['--database', drillDatabase] : [])];
  const restore = (file: string, words: string[] = into(), more: Record<string, string> = {}, nodeOptions: string[] = []) =>
    live.command('restore.mjs', [file, ...words], more, nodeOptions);
  const isEmptyThere = async () => {
    if (kind === 'sqlite') return !existsSync(join(there.dataDir, 'crm.db'));
    const database = there.open();
    const tables = await database('pg_tables').whereRaw('schemaname = current_schema()').pluck('tablename');
    await database.destroy();
    return tables.length === 0;
  };

  beforeAll(async () => {
    drillDatabase = await server.make('drill');
    live = await installationIn(kind, data.folder, await server.make('live'));
    there = await installationIn(kind, join(drill.folder, 'data'), drillDatabase);
    await live.install();
    await live.start();
    admin = await live.admin();
    await addOwnCollection(admin);
    contactId = await addContact(live, admin);
    fileId = await upload(admin);
  });
  afterAll(async () => {
    await live.stop();
    await server.drop();
    for (const folder of [data, drill, out]) folder.remove();
  });

  it('takes a backup while people write: nobody is refused, and what is in it is one moment', async () => {
    let isOver = false;
    const statuses: number[] = [];
    const writers = [1, 2, 3].map(async () => {
      while (!isOver) statuses.push(await addNote(admin));
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const before = statuses.length;
    const { code, output } = await live.command('backup.mjs', ['--to', out.folder]).finally(() => (isOver = true));
    await Promise.all(writers);
    expect(output).toMatch(/✓ \S+\.crmbackup {2}[\d.]+ MB, \d+ 行 \| rows, 1 个附件/);
    expect(code).toBe(0);
    expect(statuses.length - before).toBeGreaterThan(3);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);

    const [name] = backups();
    const file = join(out.folder, name!);
    const refused = await restore(file);
    expect([refused.code, refused.output]).toEqual([1, expect.stringContaining('the keys k1 of the backup are not given')]);
    expect(refused.output).toContain(`First run CRM_DATA_DIR=${there.dataDir} `);
    expect(await isEmptyThere()).toBe(true);
    const restored = await restore(file, [...into(), '--without-keys']);
    expect([restored.code, restored.output]).toEqual([0, expect.stringContaining('The keys k1 are not given')]);
    const database = there.open();
    const notes = (await database('own_notes').orderBy('id').pluck('id')) as number[];
    const traces = Number(
      (await database('directus_activity').where({ collection: 'own_notes', action: 'create' }).count({ count: '*' }))[0]!['count'],
    );
    await database.destroy();
    expect(notes.length).toBeGreaterThanOrEqual(before);
    expect(notes.length).toBeLessThan(statuses.length);
    expect(traces).toBe(notes.length);
    rmSync(file);
  });

  it('refuses what would be lost, and keys that do not open it, before it touches what is there', async () => {
    const exported = join(out.folder, 'keys.txt');
    expect((await live.command('keys.mjs', ['export', exported])).code).toBe(0);
    expect((await live.command('backup.mjs', ['--to', out.folder])).code).toBe(0);
    held = await contentOf(live);
    good = join(out.folder, backups()[0]!);
    const before = await contentOf(there);
    expect((await restore(good)).output).toContain('is not empty; nothing was changed');
    expect((await restore(good, [...into(), '--replace'])).output).toContain('the keys k1 of the backup are not given');
    writeFileSync(
      join(there.dataDir, 'secrets.json'),
      JSON.stringify({ SECRET: 'x'.repeat(40), CRM_KEYS: `k1:${randomBytes(32).toString('base64')}` }),
    );
    for (const more of [[], ['--without-keys']]) {
      const { code, output } = await restore(good, [...into(), '--replace', ...more]);
      expect([code, output]).toEqual([1, expect.stringMatching(/the keys k1 in \S+secrets\.json are other ones/)]);
    }
    rmSync(join(there.dataDir, 'secrets.json'));
    expect(await contentOf(there)).toEqual(before);
    expect((await there.command('keys.mjs', ['import', exported])).code).toBe(0);
  });

  /** A restore that replaces what is there, killed around each of its steps. */
  const MOMENTS: [string, Moment, 'untouched' | 'half restored'][] = [
    [
      'before the database changes places',
      kind === 'pg' ? { call: 'commit' } : { call: 'rename', at: 'restoring -> \\S*crm\\.db$' },
      'untouched',
    ],
    ['when no file has moved yet', { call: 'rename', at: 'uploads -> \\S*before' }, 'half restored'],
    // The first of its kind is the proof that the folders can change places.
    ['when only the note is missing', { call: 'rename', at: 'uploads\\.restoring -> ', nth: 2, isDone: true }, 'half restored'],
    ['between the old files and the new ones', { call: 'rename', at: 'uploads -> \\S*before', isDone: true }, 'half restored'],
  ];

  it.each(MOMENTS)('killed %s: nothing is served of a half one, and no session comes back', async (_, moment, left) => {
    const before = await contentOf(there);
    const { code } = await restore(good, [...into(), '--replace'], {}, killedAt(moment));
    expect(code).not.toBe(0);
    const standing = await readStanding(there.settings);
    const sessions = await sessionsIn(there);
    if (left === 'untouched') {
      expect(await contentOf(there)).toEqual(before);
      expect(standing.halfRestored).toBeNull();
      return;
    }
    expect(await contentOf(there)).toEqual(held);
    expect(sessions).toBe(0);
    expect(() => refuseStanding(there.settings, standing)).toThrow(/Run the same npm run restore again, it will finish/);
  });

  it('then finishes when it is run again, and nothing of either is lost or left over', async () => {
    writeFileSync(join(there.dataDir, 'audit-head.json'), '{"number":9,"hash":"of the log that was here"}');
    const { code, output } = await restore(good);
    expect([code, output]).toEqual([0, expect.stringContaining('项使 CRM 关闭')]);
    expect(await contentOf(there)).toEqual(held);
    expect((await readStanding(there.settings)).halfRestored).toBeNull();
    expect(readdirSync(join(there.dataDir, 'uploads'))).toHaveLength(1);
    const names = readdirSync(there.dataDir);
    expect(names.filter((name) => name.includes('.restoring'))).toEqual([]);
    expect(names.filter((name) => name.startsWith('audit-head'))).toEqual([expect.stringMatching(/^audit-head\.json\.before-restore-\d/)]);
    if (kind === 'sqlite') expect(names.some((name) => /^crm\.db\.before-restore-\d/.test(name))).toBe(true);
  });

  it('comes up in an empty place with the exported keys: same rows, files and next numbers, sealed values open, nobody is logged in', async () => {
    const again = await installationIn(kind, join(drill.folder, 'second'), await server.make('second'));
    expect((await again.command('keys.mjs', ['import', join(out.folder, 'keys.txt')])).code).toBe(0);
    const { code, output } = await again.command('restore.mjs', [good]);
    expect(output).toMatch(/✓ .* 张表 \| tables, \d+ 行 \| rows, 1 个附件 \| files/);
    expect(output).toContain('项使 CRM 关闭');
    expect(code).toBe(0);
    expect(await contentOf(again)).toEqual(held);
    if (kind === 'pg') expect(await schemaOf(again)).toEqual(await schemaOf(live));
    expect(findInFiles([again.dataDir], []).open).toEqual([]);
    expect([await sessionsIn(live), await sessionsIn(again)]).toEqual([expect.any(Number), 0]);

    await again.start();
    const person = await again.admin();
    expect((await person.request('GET', `/assets/${fileId}`)).text).toBe(FILE);
    const [first, same] = await Promise.all([person, admin].map((client) => client.request('GET', '/items/own_notes?limit=1')));
    expect(first!.body.data[0]).toEqual(same!.body.data[0]);
    expect(first!.body.data[0].note).toBe(AWKWARD);
    expect(await addNote(person)).toBe(200);
    const stored = await person.request('GET', `/items/crm_contacts/${contactId}?fields=phone`);
    expect(stored.body.data.phone).not.toBe(PHONE);
    const revealed = await person.request('POST', `/crm/contacts/${contactId}/reveal`, { field: 'phone', reason: 'verify_data' });
    expect(revealed.body).toEqual({ value: PHONE });
    await again.stop();
    // Which of the two holds the rows is nothing to the log's chain.
    if (kind === 'sqlite') expect(await again.command('audit.mjs', ['verify'])).toMatchObject({ code: 0 });
  });

  it('is for its owner alone and holds no key and no clear row', () => {
    const { CRM_KEYS } = JSON.parse(readFileSync(join(data.folder, 'secrets.json'), 'utf8')) as { CRM_KEYS: string };
    const key = CRM_KEYS.split(':')[1]!;
    expect(findInFiles([out.folder], [key, PASSPHRASE, 'admin@example.com', 'CREATE TABLE', 'a file of the CRM'])).toEqual({
      holding: [],
      open: [],
    });
    expect(findInFiles([data.folder], [key]).holding).toEqual([join(data.folder, 'secrets.json')]);
    expect(readdirSync(out.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(readdirSync(data.folder).filter((name) => name.startsWith('backup-'))).toEqual([]);
  });

  const uploadsThere = () => join(there.dataDir, 'uploads');
  const empty = async () => {
    const place = await installationIn(kind, join(drill.folder, `empty-${Math.random().toString(36).slice(2)}`), drillDatabase);
    rmSync(there.dataDir, { recursive: true, force: true });
    mkdirSync(place.dataDir);
    there = place;
    if (kind === 'pg') {
      const database = place.open();
      await database.raw('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
      await database.destroy();
    }
  };

  const damaged: Refusal[] = [
    ['a flipped byte', 'is damaged or not whole', flip, {}],
    ['a file that was cut off', 'is damaged or not whole', (file) => truncateSync(file, statSync(file).size - 1000), {}],
  ];
  // What these meet comes before the database, so one of the two will do.
  const unfit: Refusal[] = [
    ['a wrong passphrase', 'this is not the passphrase', () => undefined, { CRM_BACKUP_PASSPHRASE: 'another horse battery' }],
    ['no passphrase', 'a passphrase is needed', () => undefined, { CRM_BACKUP_PASSPHRASE: '' }],
    ['another file', 'is no backup', (file) => writeFileSync(file, 'SQLite format 3\0'), {}],
    ['no file', 'cannot be used \\(ENOENT\\)', (file) => rmSync(file), {}],
    ['production settings', 'the backup holds the demo', () => undefined, { CRM_DEMO: 'false' }],
    ['a folder of files that cannot change places', 'uploads cannot change places', () => writeFileSync(uploadsThere(), 'no folder'), {}],
  ];

  it.each(kind === 'sqlite' ? [...damaged, ...unfit] : damaged)(
    'refuses %s in one line and leaves the place empty',
    async (_, said, spoil, more) => {
      await empty();
      const copy = join(out.folder, 'copy.crmbackup');
      copyFileSync(good, copy);
      spoil(copy);
      const { code, output } = await restore(copy, into(), more);
      expect(code).toBe(1);
      const lines = output.split('\n').filter((line) => line.startsWith('✗') && line.includes('|'));
      expect(lines).toEqual([expect.stringMatching(new RegExp(said))]);
      expect(output).not.toMatch(/^\s+at /m);
      expect(await isEmptyThere()).toBe(true);
      expect(findInFiles([there.dataDir], [FILE]).holding).toEqual([]);
      expect(readdirSync(there.dataDir).filter((name) => name.includes('restoring'))).toEqual([]);
      rmSync(copy, { force: true });
    },
  );

  it('does not pull the database from under a server that runs, even when asked to replace it', async () => {
    const before = await contentOf(live);
    const { code, output } = await restore(good, ['--replace']);
    expect(code).toBe(1);
    expect(output).toContain('a server is still running here');
    expect(await contentOf(live)).toEqual(before);
  });

  it('leaves the older ones and no half file when the disk is full (F43)', async () => {
    const older = statSync(good).mtimeMs;
    const script = (line: string) =>
      spawnSync('sh', ['-c', line], {
        cwd: ROOT,
        encoding: 'utf8',
        env: { ...cleanEnvironment(), ...live.env, CRM_BACKUP_PASSPHRASE: PASSPHRASE },
      });
    const small = join(out.folder, 'small');
    mkdirSync(small);
    const backup = `"${process.execPath}" bin/backup.mjs --to "${small}"`;
    const canMount = script(`mount -t tmpfs -o size=64k tmpfs "${small}"`).status === 0;
    const result = canMount ? script(backup) : script(`ulimit -f 100; ${backup}`);
    const left = readdirSync(small);
    if (canMount) script(`umount "${small}"`);
    rmSync(small, { recursive: true });
    expect(result.stderr).toMatch(/^✗ 磁盘已满.*\| the disk is full, the backup was not made[^\n]*\n$/);
    expect(result.status).toBe(1);
    expect(left).toEqual([]);
    expect(statSync(good).mtimeMs).toBe(older);
    expect(readdirSync(data.folder).filter((name) => name.startsWith('backup-'))).toEqual([]);
  });

  if (kind === 'pg') refusesForeignNeeds(() => ({ live, folder: out.folder }));

  it('takes one at a time, and nothing of a run that was killed counts or stays', async () => {
    const [one, other] = await Promise.all([
      live.command('backup.mjs', ['--to', join(out.folder, 'both')]),
      live.command('backup.mjs', ['--to', join(out.folder, 'both')]),
    ]);
    expect([one.code, other.code]).toEqual([0, 0]);
    expect(readdirSync(join(out.folder, 'both'))).toHaveLength(2);
    const work = join(data.folder, 'backup-aB3dE6');
    mkdirSync(work);
    writeFileSync(join(work, 'snapshot.db'), 'left over');
    expect((await live.command('backup.mjs', ['--to', join(out.folder, 'both')])).code).toBe(0);
    expect(existsSync(work)).toBe(false);
    expect(processesWith(PASSPHRASE)).toEqual([]);
  });
});
