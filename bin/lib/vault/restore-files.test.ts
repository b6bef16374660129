import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { restoreFiles } from './restore-files.mjs';

const root = mkdtempSync(join(tmpdir(), 'crm-files-'));
afterAll(() => rmSync(root, { recursive: true }));
const uploads = join(root, 'uploads');
const places = [{ name: 'local', folder: uploads }];
const fill = (folder: string, name: string) => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), name);
};
const one = async function* () {
  yield Buffer.from('restored');
};
const card = { type: 'file', name: 'a/b.txt', location: 'local' };

beforeEach(() => {
  for (const name of readdirSync(root)) rmSync(join(root, name), { recursive: true });
});

describe('folders of files change places with the restored ones (F44)', () => {
  it('when asked to and not before; the old one stays beside, for its owner alone', async () => {
    fill(uploads, 'old.txt');
    const files = restoreFiles(places, '.before');
    await files.lay(card, one());
    expect(readdirSync(uploads)).toEqual(['old.txt']);
    files.place();
    expect(readFileSync(join(uploads, 'a/b.txt'), 'utf8')).toBe('restored');
    expect(statSync(join(uploads, 'a/b.txt')).mode & 0o077).toBe(0);
    expect(readdirSync(`${uploads}.before`)).toEqual(['old.txt']);
    files.discard();
    expect(readdirSync(root).sort()).toEqual(['uploads', 'uploads.before']);
  });

  it.each<[string, () => void]>([
    ['none yet', () => undefined],
    ['an empty one', () => mkdirSync(uploads)],
  ])('into %s', async (_, prepare) => {
    prepare();
    const files = restoreFiles(places, '.before');
    await files.lay(card, one());
    files.place();
    expect(readdirSync(root)).toEqual(['uploads']);
    expect(existsSync(join(uploads, 'a/b.txt'))).toBe(true);
  });

  it('where the real one lies when the setting names a link to it', async () => {
    const real = join(root, 'disk', 'files');
    fill(real, 'old.txt');
    symlinkSync(real, uploads);
    const files = restoreFiles(places, '.before');
    await files.lay(card, one());
    files.place();
    expect(existsSync(join(real, 'a/b.txt'))).toBe(true);
    expect(readdirSync(join(root, 'disk')).sort()).toEqual(['files', 'files.before']);
    expect(readdirSync(root).sort()).toEqual(['disk', 'uploads']);
  });

  it('or are refused beforehand, with the reason of the file system, and nothing is left', () => {
    writeFileSync(uploads, 'no folder');
    expect(() => restoreFiles(places, '.before')).toThrow(/uploads cannot change places \(ENOTDIR\).*the database was not touched/);
    expect(readdirSync(root)).toEqual(['uploads']);
    expect(() => restoreFiles([{ name: 'local', folder: join(uploads, 'below') }], '.before')).toThrow(/cannot change places \(ENOTDIR\)/);
    expect(readdirSync(root)).toEqual(['uploads']);
  });

  it.runIf(existsSync('/dev/shm') && existsSync('/proc/self/mountinfo'))('also a mount point', () => {
    expect(() => restoreFiles([{ name: 'local', folder: '/dev/shm' }], '.before')).toThrow(
      /\/dev\/shm cannot change places \((EBUSY|EXDEV|EACCES|EPERM|EROFS)\)/,
    );
    expect(existsSync('/dev/shm.restoring')).toBe(false);
  });
});
