import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Transform } from 'node:stream';
import type { Subject } from '../../privacy/index.ts';
import type { ByteSource } from '../files/byte-source.ts';

const NAME = 'aes-256-gcm';
const SIGN = Buffer.from('CRMI1');
const SALT_BYTES = 16;
const HEAD_BYTES = SIGN.length + SALT_BYTES;
const TAG_BYTES = 16;
/** How much of the file stands in one frame, which is read as a whole. */
export const FRAME = 256 * 1024;

/** A key for this one file: the salt is new for every writing, so no place is ever sealed twice with the same key. */
const fileKey = ({ key }: Subject, salt: Buffer): Buffer => Buffer.from(hkdfSync('sha256', key, salt, 'import-file', 32));

/** The number of the frame, and whether it is the last: so none can be cut off, left out or moved. */
function placeOf(frame: number, isLast: boolean): Buffer {
  const place = Buffer.alloc(12);
  place.writeUInt32BE(frame, 8);
  place[0] = isLast ? 1 : 0;
  return place;
}

function sealFrame(key: Buffer, frame: number, isLast: boolean, bytes: Buffer): Buffer {
  const cipher = createCipheriv(NAME, key, placeOf(frame, isLast), { authTagLength: TAG_BYTES });
  return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function openFrame(key: Buffer, frame: number, isLast: boolean, sealed: Buffer): Buffer {
  const opener = createDecipheriv(NAME, key, placeOf(frame, isLast), { authTagLength: TAG_BYTES });
  opener.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  return Buffer.concat([opener.update(sealed.subarray(0, sealed.length - TAG_BYTES)), opener.final()]);
}

/**
 * Encrypts an upload while it comes in (SEC-1): what lies on the disk is sealed under the key of its import, in frames of
 * which any can be read alone.
 */
export function sealingStream(subject: Subject): Transform {
  const salt = randomBytes(SALT_BYTES);
  const key = fileKey(subject, salt);
  let frame = 0;
  let waiting: Buffer[] = [];
  let size = 0;
  return new Transform({
    construct(done) {
      this.push(Buffer.concat([SIGN, salt]));
      done();
    },
    transform(piece: Buffer, _encoding, done) {
      waiting.push(piece);
      size += piece.length;
      if (size >= FRAME) {
        let bytes = Buffer.concat(waiting);
        for (; bytes.length >= FRAME; bytes = bytes.subarray(FRAME)) {
          this.push(sealFrame(key, frame, false, bytes.subarray(0, FRAME)));
          frame += 1;
        }
        waiting = [bytes];
        size = bytes.length;
      }
      done();
    },
    flush(done) {
      this.push(sealFrame(key, frame, true, Buffer.concat(waiting)));
      done();
    },
  });
}

/** Opens what `sealingStream` wrote; a file that was changed, cut or exchanged ends the reading with an error. */
export async function openSealedFile(path: string, subject: Subject): Promise<ByteSource> {
  const file = await open(path);
  try {
    const { size: stored } = await file.stat();
    const head = Buffer.alloc(HEAD_BYTES);
    await file.read(head, 0, HEAD_BYTES, 0);
    if (!head.subarray(0, SIGN.length).equals(SIGN) || stored < HEAD_BYTES + TAG_BYTES) throw new Error('not a sealed upload');
    const key = fileKey(subject, head.subarray(SIGN.length));
    const frames = Math.ceil((stored - HEAD_BYTES) / (FRAME + TAG_BYTES));
    const size = stored - HEAD_BYTES - frames * TAG_BYTES;
    let kept: { frame: number; bytes: Buffer } | null = null;

    const frameAt = async (frame: number): Promise<Buffer> => {
      if (kept?.frame === frame) return kept.bytes;
      const start = HEAD_BYTES + frame * (FRAME + TAG_BYTES);
      const sealed = Buffer.alloc(Math.min(FRAME + TAG_BYTES, stored - start));
      const { bytesRead } = await file.read(sealed, 0, sealed.length, start);
      if (bytesRead !== sealed.length) throw new Error('the upload was cut off');
      const bytes = openFrame(key, frame, frame === frames - 1, sealed);
      kept = { frame, bytes };
      return bytes;
    };
    return {
      size,
      async *read(from = 0, until = size) {
        const end = Math.min(until, size);
        for (let at = from; at < end;) {
          const frame = Math.floor(at / FRAME);
          const bytes = await frameAt(frame);
          const piece = bytes.subarray(at - frame * FRAME, Math.min(bytes.length, end - frame * FRAME));
          yield piece;
          at += piece.length;
        }
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
