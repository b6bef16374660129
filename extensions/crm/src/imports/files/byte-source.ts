import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** The bytes of a file, from any place and as often as needed, however they are kept: an upload lies encrypted. */
export interface ByteSource {
  readonly size: number;
  /** The bytes from `start` up to `end` (not included), in order and in pieces; both are cut to the file. */
  read(start?: number, end?: number): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

const PIECE = 256 * 1024;

/** A file that lies in clear. */
export async function fileSource(path: string): Promise<ByteSource> {
  const { size } = await stat(path);
  return {
    size,
    async *read(start = 0, end = size) {
      if (start >= Math.min(end, size)) return;
      for await (const piece of createReadStream(path, { start, end: end - 1, highWaterMark: PIECE })) yield piece as Buffer;
    },
    close: async () => undefined,
  };
}

/** A few bytes at once. */
export async function readRange(source: ByteSource, start: number, end: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of source.read(start, end)) pieces.push(piece);
  return Buffer.concat(pieces);
}
