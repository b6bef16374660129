/** The parser of multipart forms that the host itself uses; it brings no types of its own. */
declare module 'busboy' {
  import type { IncomingHttpHeaders } from 'node:http';
  import type { Readable, Writable } from 'node:stream';

  interface Limits {
    fieldNameSize?: number;
    fieldSize?: number;
    fields?: number;
    fileSize?: number;
    files?: number;
    parts?: number;
    headerPairs?: number;
  }

  type FileStream = Readable & { truncated: boolean };

  interface Form extends Writable {
    on(event: 'file', listener: (name: string, file: FileStream, info: { filename: string | undefined }) => void): this;
    on(event: 'field', listener: (name: string, value: string, info: { valueTruncated: boolean }) => void): this;
    on(event: 'filesLimit' | 'fieldsLimit' | 'partsLimit' | 'close' | 'finish', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }

  export default function busboy(options: { headers: IncomingHttpHeaders; defParamCharset?: string; limits?: Limits }): Form;
}
