// The encoding of a text file, and its text as UTF-8.
import { isUtf8 } from "node:buffer";
import { closeSync, createReadStream, openSync, readSync } from "node:fs";

/** The encoding of a text. */
export type TextEncoding =
  | { readonly name: "utf-8" | "utf-16le" | "utf-16be"; readonly mark: boolean }
  /** `line` is the first line that is not UTF-8. */
  | { readonly name: "windows-1252"; readonly line: number }
  /** Some lines are UTF-8 and others are not, or the bytes have no meaning in Windows-1252. */
  | { readonly name: "unknown"; readonly line: number; readonly mixed: boolean }
  /** No text: a byte is 0. */
  | { readonly name: "binary" };

/** A line that is not text in an encoding. */
export class DecodingError extends Error {
  override readonly name = "DecodingError";
  readonly line: number;

  constructor(line: number, encoding: string) {
    super(`is not ${encoding.toUpperCase()} text`);
    this.line = line;
  }
}

const PIECE = 1 << 20;
const MARK = Buffer.from("\ufeff");

/** The encoding of a file. Text that is not UTF-8 is Windows-1252, unless other lines of it are UTF-8 beyond ASCII. */
export function encodingOf(path: string): TextEncoding {
  let [utf8, mark, start] = [true, false, true];
  for (const piece of pieces(path)) {
    if (start) {
      const wide = utf16Of(piece);
      if (wide !== undefined) return wide;
      mark = piece.subarray(0, 3).equals(MARK);
    }
    start = false;
    if (piece.includes(0)) return { name: "binary" };
    utf8 &&= isUtf8(piece);
  }
  return utf8 ? { name: "utf-8", mark } : otherEncoding(path);
}

/** Pieces of a file that do not end inside a character of UTF-8. */
function* pieces(path: string): Generator<Buffer, void> {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(PIECE);
    for (let kept = 0; ; ) {
      const count = readSync(file, buffer, kept, PIECE - kept, null);
      const end = kept + count;
      const cut = count === 0 ? end : beforeIncomplete(buffer, end);
      if (cut > 0) yield buffer.subarray(0, cut);
      if (count === 0) return;
      buffer.copyWithin(0, cut, end);
      kept = end - cut;
    }
  } finally {
    closeSync(file);
  }
}

/** The end without the bytes of a character that is not complete. */
function beforeIncomplete(bytes: Buffer, end: number): number {
  for (let at = end - 1; at >= Math.max(0, end - 3); at--) {
    if (bytes[at]! < 0x80) return end;
    if (bytes[at]! >= 0xc0) return at + lengthOf(bytes[at]!) > end ? at : end;
  }
  return end;
}

/** The length of a character of UTF-8, by its first byte. */
const lengthOf = (byte: number): number => (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2);

function utf16Of(bytes: Buffer): TextEncoding | undefined {
  const [a = -1, b = -1, c = -1, d = -1] = bytes;
  if (a === 0xff && b === 0xfe) return { name: "utf-16le", mark: true };
  if (a === 0xfe && b === 0xff) return { name: "utf-16be", mark: true };
  if (a > 0 && b === 0 && c > 0 && d === 0) return { name: "utf-16le", mark: false };
  if (a === 0 && b > 0 && c === 0 && d > 0) return { name: "utf-16be", mark: false };
  return undefined;
}

const notInWindows1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** The encoding of a file that is not UTF-8. */
function otherEncoding(path: string): TextEncoding {
  let [line, previous, first, characters, wrong, meaningless] = [1, 0, 0, 0, 0, false];
  for (const piece of pieces(path)) {
    for (let i = 0; i < piece.length; i++) {
      const byte = piece[i]!;
      if (byte === 10 ? previous !== 13 : byte === 13) line += 1;
      previous = byte;
      if (byte < 0x80) continue;
      const length = lengthOf(byte);
      if (byte >= 0xc2 && isUtf8(piece.subarray(i, i + length))) {
        characters += 1;
        i += length - 1;
        continue;
      }
      wrong += 1;
      if (wrong === 1) first = line;
      meaningless ||= notInWindows1252.has(byte);
    }
  }
  const mixed = characters > wrong;
  return mixed || meaningless ? { name: "unknown", line: first, mixed } : { name: "windows-1252", line: first };
}

// The characters of the bytes from 0x80 in Windows-1252. Some versions of Node decode them as Latin-1.
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/**
 * The text of a file as UTF-8, without a byte order mark.
 *
 * @param encoding  a name of the WHATWG standard, such as "windows-1252" or "shift_jis"
 * @throws DecodingError
 */
export async function* decoded(path: string, encoding: string): AsyncGenerator<Uint8Array, void> {
  const chunks = createReadStream(path, { highWaterMark: PIECE }) as AsyncIterable<Buffer>;
  if (new TextDecoder(encoding).encoding === "windows-1252") {
    for await (const chunk of chunks) {
      const text = chunk.toString("latin1");
      yield Buffer.from(text.replace(/[\x80-\x9f]/g, (letter) => windows1252[letter.charCodeAt(0) - 0x80]!));
    }
    return;
  }
  const strict = new TextDecoder(encoding, { fatal: true });
  const lenient = new TextDecoder(encoding); // finds the line of a wrong byte
  let lines = 0;
  const textOf = (chunk: Uint8Array | undefined): string => {
    const options = { stream: chunk !== undefined };
    const shown = lenient.decode(chunk, options);
    try {
      strict.decode(chunk, options);
    } catch {
      throw new DecodingError(lines + lineEnds(shown.slice(0, Math.max(0, shown.indexOf("\ufffd")))) + 1, encoding);
    }
    lines += lineEnds(shown);
    return shown;
  };
  for await (const chunk of chunks) yield Buffer.from(textOf(chunk));
  yield Buffer.from(textOf(undefined));
}

const lineEnds = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;
