import { createCipheriv, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { unescapeText } from '../rules/cell-text.ts';
import { FileRefusal } from './file-refusal.ts';
import type { Limits } from './limits.ts';
import { readXml } from './read-xml.ts';

/** The texts that a workbook keeps once and names by number. */
export interface SharedStrings {
  /** null where the workbook names a text that it does not have. */
  get(index: number): string | null;
  close(): void;
}

const PAGE = 1024 * 1024;
const WINDOW = 16 * 1024;
const MOST_TEXTS = 5_000_000;

export const NO_SHARED_STRINGS: SharedStrings = { get: () => null, close: () => undefined };

/**
 * Reads them all. Beyond a size they lie in a file without a name that nobody else can open, so memory stays flat (F29); what
 * the disk keeps of it is sealed with a key that no disk has seen (SEC-1).
 *
 * @param scratch a private folder.
 */
export async function readSharedStrings(stream: Readable, scratch: string, limits: Limits): Promise<SharedStrings> {
  const store = openStore(join(scratch, 'shared-strings'), limits.sharedTextInMemory);
  try {
    let text = '';
    let taking = false;
    let phonetic = 0;
    let total = 0;
    const handlers = {
      open(name: string) {
        if (name === 'si') text = '';
        if (name === 'rPh') phonetic += 1;
        taking = name === 't' && !phonetic;
      },
      text(piece: string) {
        if (taking) text += piece;
      },
      close(name: string) {
        if (name === 't') taking = false;
        if (name === 'rPh') phonetic -= 1;
        if (name !== 'si') return;
        total += store.add(unescapeText(text));
        if (total > limits.sharedTextBytes || store.size() > MOST_TEXTS) throw new FileRefusal('unpacks_too_large');
      },
    };
    for await (const _ of readXml(stream, handlers, limits))
      if (text.length > limits.markupChars) throw new FileRefusal('unpacks_too_large');
    return store;
  } catch (error) {
    store.close();
    throw error;
  }
}

interface Store extends SharedStrings {
  /** The bytes that the text takes. */
  add(text: string): number;
  size(): number;
}

const BLOCK = 16;

/** Seals bytes of the private file, or opens them, wherever in it they stand. */
function crypt(key: Buffer, position: number, bytes: Buffer): Buffer {
  const counter = Buffer.alloc(BLOCK);
  counter.writeBigUInt64BE(BigInt(Math.floor(position / BLOCK)), BLOCK / 2);
  const cipher = createCipheriv('aes-256-ctr', key, counter);
  cipher.update(Buffer.alloc(position % BLOCK));
  return cipher.update(bytes);
}

/** Texts one behind the other: the first of them in memory, the rest in a private file. */
function openStore(path: string, inMemory: number): Store {
  const pages: Buffer[] = [];
  let offsets = new Float64Array(1024);
  let count = 0;
  let page = Buffer.alloc(PAGE);
  let used = 0;
  /** Where in all of the texts the page that is being filled begins, and where the file does. */
  let pageStart = 0;
  let file: number | null = null;
  let fileStart = 0;
  const key = randomBytes(32);
  let window: Buffer = Buffer.alloc(0);
  let windowStart = 0;

  function turnPage(): void {
    if (file === null && pages.length * PAGE < inMemory) pages.push(page);
    else {
      if (file === null) [file, fileStart] = [openPrivate(path), pageStart];
      const sealed = crypt(key, pageStart - fileStart, page.subarray(0, used));
      for (let done = 0; done < used;) done += writeSync(file, sealed, done, used - done);
    }
    pageStart += used;
    page = file === null ? Buffer.alloc(PAGE) : page;
    used = 0;
  }

  function put(bytes: Buffer): void {
    for (let done = 0; done < bytes.length;) {
      if (used === page.length) turnPage();
      const copied = bytes.copy(page, used, done);
      used += copied;
      done += copied;
    }
  }

  /** Texts are mostly asked for in the order in which they stand, so a little more than the text is read. */
  function fromFile(start: number, end: number): Buffer {
    if (start < windowStart || end > windowStart + window.length) {
      window = Buffer.alloc(Math.max(WINDOW, end - start));
      windowStart = start;
      window = window.subarray(0, readSync(file!, window, 0, window.length, start - fileStart));
      window = crypt(key, start - fileStart, window);
    }
    return window.subarray(start - windowStart, end - windowStart);
  }

  function slice(start: number, end: number): Buffer {
    const parts: Buffer[] = [];
    for (let at = start; at < end;) {
      const index = Math.floor(at / PAGE);
      if (at >= pageStart) parts.push(page.subarray(at - pageStart, end - pageStart));
      else if (index < pages.length) parts.push(pages[index]!.subarray(at - index * PAGE, Math.min(end - index * PAGE, PAGE)));
      else parts.push(fromFile(at, Math.min(end, pageStart)));
      at += parts.at(-1)!.length;
    }
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  return {
    add(text) {
      const bytes = Buffer.from(text);
      put(bytes);
      if (count + 2 > offsets.length) {
        const grown = new Float64Array(offsets.length * 2);
        grown.set(offsets);
        offsets = grown;
      }
      offsets[count + 1] = offsets[count]! + bytes.length;
      count += 1;
      return bytes.length;
    },
    size: () => count,
    get(index) {
      if (!Number.isInteger(index) || index < 0 || index >= count) return null;
      return slice(offsets[index]!, offsets[index + 1]!).toString('utf8');
    },
    close() {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}

/** Open for us alone, and without a name at once: it is gone with the process, even if that is killed. */
function openPrivate(path: string): number {
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return file;
}
