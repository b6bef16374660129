/** What a zip archive says of one of its files (APPNOTE 6.3.10, 4.3). */
export interface ZipEntry {
  name: string;
  crc: number;
  packed: number;
  size: number;
  /** Where its record begins. */
  offset: number;
}

/** 1 January 1980: the same content is the same file. */
const DOS_DAY = 0x21;
const VERSION = 20;
const UTF8_NAMES = 0x800;
/** Sizes follow the bytes, because they are not known before. */
const SIZES_BEHIND = 0x8;
const DEFLATED = 8;

/** What the record of a file and its place in the directory have in common. */
function common({ name, crc, packed, size }: Omit<ZipEntry, 'offset'>, isStreamed: boolean, isDirectory: boolean): Buffer {
  const record = Buffer.alloc(26);
  record.writeUInt16LE(VERSION, 0);
  record.writeUInt16LE(UTF8_NAMES | (isStreamed ? SIZES_BEHIND : 0), 2);
  record.writeUInt16LE(DEFLATED, 4);
  record.writeUInt16LE(DOS_DAY, 8);
  if (!isStreamed || isDirectory) {
    record.writeUInt32LE(crc, 10);
    record.writeUInt32LE(packed, 14);
    record.writeUInt32LE(size, 18);
  }
  record.writeUInt16LE(Buffer.byteLength(name), 22);
  return record;
}

/** Stands before the bytes of a file. */
export const fileRecord = (entry: Omit<ZipEntry, 'offset'>, isStreamed = false): Buffer =>
  Buffer.concat([Buffer.from('504b0304', 'hex'), common(entry, isStreamed, false), Buffer.from(entry.name)]);

/** Stands behind the bytes of a streamed file. */
export function sizesRecord({ crc, packed, size }: Omit<ZipEntry, 'offset'>): Buffer {
  const record = Buffer.alloc(16);
  Buffer.from('504b0708', 'hex').copy(record);
  record.writeUInt32LE(crc, 4);
  record.writeUInt32LE(packed, 8);
  record.writeUInt32LE(size, 12);
  return record;
}

/** The directory of the whole archive, which is its end. */
export function zipDirectory(entries: readonly ZipEntry[], offset: number, isStreamed = false): Buffer {
  const list = Buffer.concat(
    entries.map((entry) => {
      const tail = Buffer.alloc(14);
      tail.writeUInt32LE(entry.offset, 10);
      return Buffer.concat([Buffer.from('504b01021400', 'hex'), common(entry, isStreamed, true), tail, Buffer.from(entry.name)]);
    }),
  );
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([list, end]);
}
