import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readKeyExport, writeKeyExport } from '../keys/key-export.mjs';
import { compareKeys } from '../keys/key-record.mjs';
import { fingerprint, makeKey } from '../keys/key-ring.mjs';
import { needsNewKey } from '../keys/key-uses.mjs';
import { demoSecrets, readSecrets } from '../secrets.mjs';
import { readSettings } from '../settings.mjs';
import { elsewhere } from './elsewhere.mjs';
import { passphraseOf } from './passphrase.mjs';
import { isNewer, refuseForeignBackup } from './restore-place.mjs';
import { RowDigest } from './row-digest.mjs';
import { BrokenSections, readSections, textOf, writeSection, type Entry } from './sections.mjs';
import { placeIn, storageLocations } from './stored-files.mjs';

/** Deriving a real key takes a moment, under load several. */
const UNHURRIED = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'crm-vault-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('sections of a backup (F44)', () => {
  const write = async () => {
    const entries: Entry[] = [];
    const parts: Buffer[] = [];
    for (const [name, text] of [
      ['a', ['one', '', 'two']],
      ['b', []],
    ] as const) {
      for await (const part of writeSection(
        { type: 'table', name },
        text.map((word) => Buffer.from(word)),
        (entry) => entries.push(entry),
      ))
        parts.push(part);
    }
    return { bytes: Buffer.concat(parts), entries };
  };
  async function* from(bytes: Buffer) {
    for (const byte of bytes) yield Buffer.from([byte]);
  }

  it('come back with the same content, counted and hashed, also those that nobody reads', async () => {
    const { bytes, entries } = await write();
    const found: Entry[] = [];
    const texts: string[] = [];
    for await (const { card, blocks } of readSections(from(bytes), (entry) => found.push(entry)))
      if (card.name === 'b') texts.push(await textOf(blocks));
    expect(found).toEqual(entries);
    expect(entries[0]).toMatchObject({ name: 'a', bytes: 6 });
    expect(texts).toEqual(['']);
  });

  it('that end too early are noticed', async () => {
    const { bytes } = await write();
    const read = async () => {
      for await (const _ of readSections(from(bytes.subarray(0, 50)), () => undefined));
    };
    await expect(read()).rejects.toBeInstanceOf(BrokenSections);
  });
});

describe('what a table holds', () => {
  const digest = (...rows: string[]) => {
    const sum = new RowDigest();
    rows.forEach((row) => sum.add(row));
    return String(sum);
  };
  it('does not depend on the order of its rows', () => expect(digest('a', 'b', 'c')).toBe(digest('c', 'a', 'b')));
  it('depends on each of them, and on how often it is there', () => {
    const all = [digest(), digest('a'), digest('a', 'a'), digest('a', 'b'), digest('a', 'b', 'b'), digest('ab')];
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('places of a restore', () => {
  it('are never outside of their folder', () => {
    expect(placeIn(`${sep}data${sep}uploads`, 'a/b.png')).toBe(`${sep}data${sep}uploads${sep}a${sep}b.png`);
    for (const path of ['../x', '/etc/passwd', 'a/../../x', '', '.']) expect(placeIn(`${sep}data${sep}uploads`, path)).toBeNull();
  });
  it('of a drill are all elsewhere', () => {
    const there = elsewhere(
      {
        CRM_DATA_DIR: '/live',
        DB_FILENAME: '/live/crm.db',
        STORAGE_LOCAL_ROOT: '/live/files',
        DB_CONNECTION_STRING: 'postgres://a:b@c/live?ssl=1',
      },
      { folder: '/drill', database: 'drill' },
    );
    expect(there).toEqual({ CRM_DATA_DIR: '/drill', DB_DATABASE: 'drill', DB_CONNECTION_STRING: 'postgres://a:b@c/drill?ssl=1' });
  });
  it('are the local ones of the host', () => {
    expect(
      storageLocations({ STORAGE_LOCATIONS: 'local,s3', STORAGE_LOCAL_DRIVER: 'local', STORAGE_LOCAL_ROOT: '/u', STORAGE_S3_DRIVER: 's3' }),
    ).toEqual([
      { name: 'local', folder: '/u' },
      { name: 's3', folder: null },
    ]);
  });
  it.each([
    ['0.2.0', '0.1.9', true],
    ['0.1.10', '0.1.9', true],
    ['1.0.0', '1.0.0', false],
    ['11.17.3', '11.17.4', false],
  ])('%s is later than %s: %s', (one, other, later) => expect(isNewer(one, other)).toBe(later));
});

describe('a backup from elsewhere (F44)', () => {
  const about = { database: 'sqlite' as const, version: '0.1.0', host: '11.17.4', mode: 'demo', at: '2026-11-22T00:00:00.000Z' };
  const here = { version: '0.1.0', host: '11.17.4' };
  const refusal = (change: Partial<typeof about> | { database: 'postgres' }) => {
    try {
      refuseForeignBackup({ ...about, ...change }, readSettings({ CRM_DATA_DIR: folder }), here);
      return null;
    } catch (error) {
      return (error as { problem?: string }).problem;
    }
  };
  it.each([
    ['of this version', {}, null],
    ['of an older one, which the next start upgrades', { version: '0.0.9', host: '11.17.3' }, null],
    ['of a newer CRM', { version: '0.2.0' }, 'restoreNewer'],
    ['of a newer host', { host: '11.18.0' }, 'restoreNewer'],
    ['of the other database', { database: 'postgres' as const }, 'restoreOtherDatabase'],
    ['of production', { mode: 'production' }, 'restoreOtherMode'],
  ])('%s', (_, change, problem) => expect(refusal(change)).toBe(problem));
});

describe('passphrases (SEC-1)', () => {
  const typing = (...lines: string[]) => {
    const shown: string[] = [];
    const stdin = Object.assign(new EventEmitter(), { isTTY: true, setRawMode: () => stdin, resume: () => stdin, pause: () => stdin });
    const terminal = {
      stdin,
      stdout: {
        write: (text: string) => shown.push(text) && setImmediate(() => text.includes(':') && stdin.emit('data', `${lines.shift()}\r`)),
      },
    };
    return { terminal: terminal as never, shown };
  };
  it('are typed twice and not shown', async () => {
    const { terminal, shown } = typing('correct horsx\u007fe battery', 'correct horse battery');
    expect(await passphraseOf({}, { isNew: true, terminal })).toBe('correct horse battery');
    expect(shown.join('')).not.toContain('horse');
  });
  it('that differ are refused', async () => {
    const { terminal } = typing('correct horse battery', 'correct horse batterie');
    await expect(passphraseOf({}, { isNew: true, terminal })).rejects.toMatchObject({ problem: 'passphraseDiffers' });
  });
  it.each(['short', 'aaaaaaaaaaaaaaaaaaaa', 'abcabcabcabcabc'])('that are weak are refused when they are new: %s', async (text) => {
    await expect(passphraseOf({ CRM_BACKUP_PASSPHRASE: text }, { isNew: true })).rejects.toMatchObject({ problem: 'passphraseWeak' });
    expect(await passphraseOf({ CRM_BACKUP_PASSPHRASE: text }, { isNew: false })).toBe(text);
  });
});

describe('the master keys (SEC-1)', () => {
  const [k1, k2] = [makeKey([]), makeKey(['k1'])];
  const record = { k1: { fingerprint: fingerprint(k1) }, k0: { fingerprint: 'x', retired: true as const } };

  it('are compared with those that the database was used with', () => {
    expect(compareKeys([k1, k2], record)).toEqual({ missing: [], different: [] });
    expect(compareKeys([k2], record)).toEqual({ missing: ['k1'], different: [] });
    expect(compareKeys([{ ...k2, id: 'k1' }], record)).toEqual({ missing: [], different: ['k1'] });
  });

  it('are exported under a passphrase, for their owner alone, never over another file, and come back', { timeout: UNHURRIED }, async () => {
    const file = join(folder, 'keys.txt');
    await writeKeyExport(file, [k2, k1], 'correct horse battery');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(k1.key);
    expect(await readKeyExport(file, 'correct horse battery')).toEqual([k2, k1]);
    await expect(writeKeyExport(file, [k1], 'correct horse battery')).rejects.toMatchObject({ problem: 'fileExists' });
    await expect(readKeyExport(file, 'another horse battery')).rejects.toMatchObject({ problem: 'passphraseWrong' });
    writeFileSync(join(folder, 'cut.txt'), readFileSync(file, 'utf8').slice(0, 300));
    await expect(readKeyExport(join(folder, 'cut.txt'), 'correct horse battery')).rejects.toMatchObject({ problem: 'sealedForeign' });
  });

  it.each([
    ['nothing sealed yet', [], ['k1'], true],
    ['all under the active one', [['k1', 9]], ['k1'], true],
    [
      'a rotation that was cut off',
      [
        ['k1', 4],
        ['k2', 5],
      ],
      ['k2', 'k1'],
      false,
    ],
    ['a new key that nothing uses yet', [['k1', 9]], ['k2', 'k1'], false],
    ['a finished rotation', [['k2', 9]], ['k2', 'k1'], true],
  ] as const)('get a new one at a rotation or not: %s', (_, counts, ids, isNeeded) => {
    const uses = counts.map(([id, rows]) => ({ id, rows, table: 'crm_subject_keys' }));
    expect(needsNewKey(uses, ids)).toBe(isNeeded);
  });

  it('of the demo are made once and noticed by file; given ones rule; lost ones are not replaced', () => {
    const settings = readSettings({ CRM_DATA_DIR: join(folder, 'demo') });
    expect(() => demoSecrets(settings, ['k1'])).toThrow(/k1/);
    const first = demoSecrets(settings);
    expect(first['CRM_KEYS_FILE']).toBe(join(folder, 'demo', 'secrets.json'));
    expect(readSecrets(first['CRM_KEYS_FILE']!)).toEqual({ SECRET: first['SECRET'], CRM_KEYS: first['CRM_KEYS'] });
    expect(demoSecrets(settings, ['k1'])).toEqual(first);
    const given = demoSecrets({ ...settings, environment: { CRM_KEYS: `k7:${k1.key}` } });
    expect(given).toEqual({ SECRET: first['SECRET'], CRM_KEYS: `k7:${k1.key}` });
    expect(() => demoSecrets({ ...settings, environment: { CRM_KEYS: 'k7:AAAA' } })).toThrow(/entry 1/);
  });
});
