import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { FileRefusal } from './file-refusal.ts';
import type { Limits } from './limits.ts';

export type Attributes = Readonly<Record<string, string>>;

/** What a reader of one part is told; names come without their prefix, because programs differ in it. */
export interface XmlHandlers {
  open?(name: string, attributes: Attributes, isEmpty: boolean): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads one XML part as it is unpacked and comes back after every piece, so that whoever collects can hand on what is
 * there. Entities of its own, declarations of a document type, endless mark-up and endless nesting are refused (F30).
 *
 * @param most so many bytes it may have unpacked.
 */
export async function* readXml(stream: Readable, handlers: XmlHandlers, limits: Limits, most = Infinity): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  let pending = 0;
  let bytes = 0;
  let fault: FileRefusal | null = null;
  const stop = (refusal: FileRefusal): void => void (fault ??= refusal);

  parser.on('error', () => stop(new FileRefusal('damaged')));
  parser.on('doctype', () => stop(new FileRefusal('forbidden_xml')));
  parser.on('opentag', ({ name, attributes, isSelfClosing }) => {
    pending = 0;
    depth += 1;
    if (depth > limits.depth) stop(new FileRefusal('forbidden_xml'));
    if (!fault) handlers.open?.(localName(name), attributes, isSelfClosing);
  });
  parser.on('closetag', ({ name }) => {
    pending = 0;
    depth -= 1;
    if (!fault) handlers.close?.(localName(name));
  });
  const text = (value: string): void => {
    pending = 0;
    if (!fault) handlers.text?.(value);
  };
  parser.on('text', text);
  parser.on('cdata', text);

  const write = (piece: string): void => {
    pending += piece.length;
    parser.write(piece);
    if (pending > limits.markupChars) stop(new FileRefusal('unpacks_too_large'));
    if (fault) throw fault;
  };
  const decode = strictDecoder();
  try {
    for await (const chunk of stream) {
      bytes += (chunk as Buffer).length;
      if (bytes > most) throw new FileRefusal('unpacks_too_large');
      write(decode(chunk as Buffer, true));
      yield;
    }
    write(decode(Buffer.alloc(0), false));
    parser.close();
    if (fault) throw fault as FileRefusal;
  } catch (error) {
    // Sizes and checksums that do not fit are found out by the stream while it is read.
    throw error instanceof FileRefusal ? error : new FileRefusal('damaged');
  } finally {
    stream.destroy();
  }
}

/** Reads a part that only describes the workbook to its end; whatever it claims, it is no longer than such parts are (F30). */
export async function readWholeXml(stream: Readable, handlers: XmlHandlers, limits: Limits): Promise<void> {
  for await (const _ of readXml(stream, handlers, limits, limits.describingBytes));
}

const localName = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/** Parts are in UTF-8; some programs write UTF-16 with its mark. */
function strictDecoder(): (bytes: Buffer, stream: boolean) => string {
  let decoder: TextDecoder | null = null;
  return (bytes, stream) => {
    decoder ??= new TextDecoder(
      bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8',
      {
        fatal: true,
      },
    );
    return decoder.decode(bytes, { stream });
  };
}
