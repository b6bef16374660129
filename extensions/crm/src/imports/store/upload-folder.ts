import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isUuid } from '../../kernel/uuid.ts';

/** Where the uploads of an installation lie: a private folder for each import, which goes as a whole. */
export interface UploadFolder {
  /** Makes the folder of an import. */
  make(id: string): Promise<void>;
  /** The encrypted file of an import, whether it is there or not. */
  fileOf(id: string): string;
  has(id: string): Promise<boolean>;
  /** A place for what one reading writes down meanwhile; gone when the work is done. */
  withScratch<T>(id: string, work: (folder: string) => Promise<T>): Promise<T>;
  remove(id: string): Promise<void>;
  /** The imports that have a folder here, with the time in milliseconds of its last change. */
  list(): Promise<{ id: string; changed: number }[]>;
}

const PRIVATE = 0o700;
const SCRATCH = 'reading-';

export function uploadFolder(root: string): UploadFolder {
  const folderOf = (id: string): string => {
    if (!isUuid(id)) throw new TypeError('an import is named by its id');
    return join(root, id);
  };
  const changed = async (path: string): Promise<number | null> =>
    stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    );
  return {
    async make(id) {
      await mkdir(root, { recursive: true, mode: PRIVATE });
      await mkdir(folderOf(id), { mode: PRIVATE });
    },
    fileOf: (id) => join(folderOf(id), 'upload'),
    has: async (id) => (await changed(join(folderOf(id), 'upload'))) !== null,
    async withScratch(id, work) {
      // What a reading has left that was killed; nobody else reads this import now.
      for (const name of await readdir(folderOf(id)))
        if (name.startsWith(SCRATCH)) await rm(join(folderOf(id), name), { recursive: true, force: true });
      const scratch = await mkdtemp(join(folderOf(id), SCRATCH));
      try {
        return await work(scratch);
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    },
    remove: (id) => rm(folderOf(id), { recursive: true, force: true }),
    async list() {
      const names = await readdir(root).catch(() => [] as string[]);
      const found = await Promise.all(names.filter(isUuid).map(async (id) => ({ id, changed: await changed(join(root, id)) })));
      return found.flatMap(({ id, changed: at }) => (at === null ? [] : [{ id, changed: at }]));
    },
  };
}
