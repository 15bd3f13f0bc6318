// Writes the binary form of Protocol Buffers: a message is a sequence of fields, and a field is a key and a value.

/** Joins pieces of bytes; also the message of some fields. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** An integer in groups of seven bits, the lowest first; a negative one in two's complement of 64 bits. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Uint8Array.of(...bytes, Number(rest));
}

/** The key of a field: its number, and how its value is stored. */
const key = (field: number, wire: 0 | 2): Uint8Array => varint(field * 8 + wire);

/** A field with an integer. */
export const integerField = (field: number, value: number): Uint8Array => joined([key(field, 0), varint(value)]);

/** A field with bytes or with a message. */
export const bytesField = (field: number, bytes: Uint8Array): Uint8Array =>
  joined([key(field, 2), varint(bytes.length), bytes]);

/** A field with a text. */
export const textField = (field: number, value: string): Uint8Array => bytesField(field, utf8(value));

/** A text in UTF-8. A half of a surrogate pair, which UTF-8 does not have, becomes the replacement character U+FFFD. */
function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    let code = character.codePointAt(0)!;
    if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return Uint8Array.from(bytes);
}

/** A byte with the lowest six bits of a code. */
const tail = (code: number): number => 0x80 | (code & 0x3f);

/** A field with a message of some fields. */
export const messageField = (field: number, ...fields: readonly Uint8Array[]): Uint8Array =>
  bytesField(field, joined(fields));
