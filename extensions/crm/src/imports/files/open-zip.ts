import { Readable } from 'node:stream';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import { zipFault } from '../rules/file-kind.ts';
import { readRange, type ByteSource } from './byte-source.ts';
import { FileRefusal } from './file-refusal.ts';
import { FREE_OF_RATIO, type Limits } from './limits.ts';

/** An opened workbook: its parts by name, unpacked only when asked for, never beyond what it says of itself. */
export interface Zip {
  has(part: string): boolean;
  /** How many bytes a part is unpacked, as its directory says. */
  sizeOf(part: string): number;
  /** The unpacked bytes of a part. */
  read(part: string): Promise<Readable>;
  close(): void;
}

/**
 * Opens the zip that a workbook is. Everything is judged by its directory before a byte is unpacked (F30): the number of
 * parts, encryption, and parts that would unpack to more than their packed size can honestly hold. A directory that lies
 * about a size is found out while the part is read.
 */
export async function openZip(source: ByteSource, limits: Limits): Promise<Zip> {
  const zip = await orDamaged(
    fromRandomAccessReaderPromise(new SourceReader(source), source.size, { autoClose: false, validateEntrySizes: true }),
  );
  try {
    const entries = await listEntries(zip, limits);
    const fault = zipFault((part) => entries.has(part.toLowerCase()), [...entries.values()][0]?.fileName);
    if (fault) throw new FileRefusal(fault);
    let unpacked = 0;
    return {
      has: (part) => entries.has(part.toLowerCase()),
      sizeOf: (part) => entries.get(part.toLowerCase())?.uncompressedSize ?? 0,
      async read(part) {
        const entry = entries.get(part.toLowerCase());
        if (!entry) throw new FileRefusal('damaged');
        unpacked += entry.uncompressedSize;
        // The sheet is read more than once, so the whole may count several times.
        if (unpacked > limits.unpackedBytes * READINGS) throw new FileRefusal('unpacks_too_large');
        return orDamaged(zip.openReadStreamPromise(entry));
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** The bytes of an upload as the zip library asks for them. */
class SourceReader extends RandomAccessReader {
  private readonly source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.source.read(start, end), { objectMode: false });
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    readRange(this.source, position, position + length).then(
      (bytes) => {
        bytes.copy(buffer, offset);
        callback(bytes.length === length ? null : new Error('unexpected end of file'));
      },
      (error: unknown) => callback(error as Error),
    );
  }
}

/** How often the parts of one workbook may be read while it is open. */
const READINGS = 4;

async function listEntries(zip: ZipFile, limits: Limits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.parts) throw new FileRefusal('too_many_parts', { max: limits.parts });
  const entries = new Map<string, Entry>();
  let listed = 0;
  let declared = 0;
  const each = zip.eachEntry();
  for (;;) {
    const { done, value } = await orDamaged(each.next());
    if (done) return entries;
    listed += 1;
    if (listed > limits.parts) throw new FileRefusal('too_many_parts', { max: limits.parts });
    if (value.isEncrypted()) throw new FileRefusal('encrypted');
    declared += value.uncompressedSize;
    if (isBomb(value, limits) || declared > limits.unpackedBytes) throw new FileRefusal('unpacks_too_large');
    const name = value.fileName.toLowerCase();
    // Two parts of one name: programs do not agree which of them counts.
    if (entries.has(name)) throw new FileRefusal('damaged');
    entries.set(name, value);
  }
}

/** Also where the part is none that is read: whoever opens the file elsewhere would unpack it. */
const isBomb = ({ uncompressedSize, compressedSize }: Entry, limits: Limits): boolean =>
  uncompressedSize > limits.unpackedBytes || (uncompressedSize > FREE_OF_RATIO && uncompressedSize > compressedSize * limits.ratio);

/** Whatever the zip library finds wrong is a damaged file to the person who brought it. */
async function orDamaged<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof FileRefusal ? error : new FileRefusal('damaged');
  }
}
