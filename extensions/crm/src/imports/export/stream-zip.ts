import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';
import { fileRecord, sizesRecord, zipDirectory, type ZipEntry } from '../view/zip-records.ts';

export interface ZipPart {
  name: string;
  content: AsyncIterable<string> | Iterable<string>;
}

/** An archive while it is made: one part after the other, of each never more in memory than the packing holds (IMP-5). */
export async function* streamZip(parts: Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const entries: ZipEntry[] = [];
  let offset = 0;
  for (const { name, content } of parts) {
    const entry: ZipEntry = { name, crc: 0, packed: 0, size: 0, offset };
    const head = fileRecord(entry, true);
    yield head;
    for await (const piece of packed(content, entry)) {
      entry.packed += piece.length;
      yield piece;
    }
    const tail = sizesRecord(entry);
    yield tail;
    offset += head.length + entry.packed + tail.length;
    entries.push(entry);
  }
  yield zipDirectory(entries, offset, true);
}

/** The packed bytes of a part; its size and check sum are counted on the way. */
async function* packed(content: ZipPart['content'], entry: ZipEntry): AsyncGenerator<Buffer> {
  async function* measured(): AsyncGenerator<Buffer> {
    for await (const text of content) {
      const bytes = Buffer.from(text);
      entry.crc = crc32(bytes, entry.crc);
      entry.size += bytes.length;
      yield bytes;
    }
  }
  const source = Readable.from(measured());
  const deflate = createDeflateRaw();
  source.once('error', (error) => deflate.destroy(error));
  try {
    yield* source.pipe(deflate) as AsyncIterable<Buffer>;
  } finally {
    source.destroy();
    deflate.destroy();
  }
}
