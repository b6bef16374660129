import { createHmac } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import type { Subject } from '../../privacy/index.ts';
import { FileRefusal } from '../files/file-refusal.ts';
import { isFull } from './is-full.ts';
import { sealingStream } from './sealed-file.ts';

/** What came in with a form, once the whole of it is here and its file lies encrypted in its place. */
export interface Upload {
  /** The other fields of the form. */
  fields: ReadonlyMap<string, string>;
  /** The name that the file had on the user's machine. */
  fileName: string;
  bytes: number;
  /** The keyed fingerprint of the content, one for each of the given keys. */
  fingerprints: string[];
}

/** A request that is no form with one file in it, or that broke off. */
export class BadUpload extends Error {}

const MEGABYTE = 1024 * 1024;
/** What the form around the file may take. */
const AROUND = MEGABYTE;
const LIMITS = { files: 1, fields: 20, parts: 30, fieldSize: 1000, fieldNameSize: 100, headerPairs: 50 };
const LONGEST_NAME = 255;

/**
 * Takes the one file of a form while it comes in, never whole in memory and never in clear on a disk (F29, SEC-1). More
 * than `most` bytes are refused at once where the request says so, and otherwise at the first byte too many.
 *
 * @param path where the encrypted file is written; on a refusal whatever stands there is the caller's to remove.
 * @throws FileRefusal `too_large`, `no_space`.
 * @throws BadUpload
 */
export async function receiveUpload(
  request: IncomingMessage,
  { path, subject, most, fingerprintKeys }: { path: string; subject: Subject; most: number; fingerprintKeys: readonly Buffer[] },
): Promise<Upload> {
  const tooLarge = () => new FileRefusal('too_large', { max: Number((most / MEGABYTE).toFixed(1)) });
  if (Number(request.headers['content-length'] ?? 0) > most + AROUND) throw tooLarge();
  const form = openForm(request, most);
  const digests = fingerprintKeys.map((key) => createHmac('sha256', key));
  const fields = new Map<string, string>();
  const taken: { fileName: string; stored: Promise<number> }[] = [];
  const stop = new AbortController();

  await new Promise<void>((resolve, reject) => {
    const fail = (error: Error): void => {
      request.unpipe(form);
      request.resume();
      stop.abort();
      reject(error);
    };
    form.on('field', (name, value, { valueTruncated }) => {
      if (valueTruncated || fields.has(name)) fail(new BadUpload('a field is too long or comes twice'));
      fields.set(name, value);
    });
    form.on('file', (name, file, { filename }) => {
      file.on('limit', () => fail(tooLarge()));
      if (name !== 'file' || !filename) return void file.resume();
      const meter = meterOf(digests);
      const stored = pipeline(file, meter.stream, sealingStream(subject), createWriteStream(path, { mode: 0o600 }), {
        signal: stop.signal,
      }).then(
        () => meter.bytes(),
        (error: unknown) => {
          throw isFull(error) ? new FileRefusal('no_space') : (error as Error);
        },
      );
      taken.push({ fileName: toFileName(filename), stored });
      stored.catch((error: unknown) => fail(error as Error));
    });
    for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const)
      form.on(limit, () => fail(new BadUpload('one file and a few fields')));
    form.on('error', (error) => fail(new BadUpload(error.message)));
    form.on('close', resolve);
    request.once('close', () => {
      if (!request.complete) fail(new BadUpload('the upload broke off'));
    });
    request.pipe(form);
  }).finally(() => Promise.allSettled(taken.map(({ stored }) => stored)));
  const [upload] = taken;
  if (!upload) throw new BadUpload('no file');
  return { fields, fileName: upload.fileName, bytes: await upload.stored, fingerprints: digests.map((digest) => digest.digest('hex')) };
}

function openForm(request: IncomingMessage, most: number): ReturnType<typeof busboy> {
  try {
    return busboy({ headers: request.headers, defParamCharset: 'utf8', limits: { ...LIMITS, fileSize: most } });
  } catch (error) {
    throw new BadUpload(error instanceof Error ? error.message : String(error));
  }
}

function meterOf(digests: readonly ReturnType<typeof createHmac>[]): { stream: Transform; bytes(): number } {
  let bytes = 0;
  const stream = new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      for (const digest of digests) digest.update(piece);
      done(null, piece);
    },
  });
  return { stream, bytes: () => bytes };
}

/** A name as it may be shown: in one line, with nothing in it that no screen shows. */
const toFileName = (name: string): string =>
  [
    ...name
      .normalize('NFC')
      .replace(/[\p{C}]/gu, '')
      .trim(),
  ]
    .slice(0, LONGEST_NAME)
    .join('') || '?';
