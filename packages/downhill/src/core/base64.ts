import { InputRangeError } from "./check.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PADDING = 61; // "="
const CHARACTERS = 8192; // in one call of fromCharCode; engines accept at least 65 535 arguments

const codes = Uint8Array.from(LETTERS, (letter) => letter.charCodeAt(0));

/** For each character code below 128 its six bits, or 64 if it is not a base64 letter. */
const sixBits = new Uint8Array(128).fill(64);
codes.forEach((code, bits) => {
  sixBits[code] = bits;
});

/** Bytes as base64 text (RFC 4648, with padding). Beside the text it needs a few kilobytes for any number of bytes. */
export function toBase64(bytes: Uint8Array): string {
  const piece = new Uint8Array(CHARACTERS);
  let text = "";
  let filled = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = (bytes[i]! << 16) | (left > 1 ? bytes[i + 1]! << 8 : 0) | (left > 2 ? bytes[i + 2]! : 0);
    piece[filled++] = codes[group >> 18]!;
    piece[filled++] = codes[(group >> 12) & 63]!;
    piece[filled++] = left > 1 ? codes[(group >> 6) & 63]! : PADDING;
    piece[filled++] = left > 2 ? codes[group & 63]! : PADDING;
    if (filled < CHARACTERS && left > 3) continue;
    text += String.fromCharCode.apply(null, piece.subarray(0, filled) as unknown as number[]);
    filled = 0;
  }
  return text;
}

/**
 * The bytes of a base64 text.
 *
 * @throws RangeError if the text is not base64 with padding
 */
export function fromBase64(text: string): Uint8Array {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const letters = text.length - padding;
  const bytes = new Uint8Array(Math.max(0, Math.floor(text.length / 4) * 3 - padding));
  let group = 0;
  for (let i = 0, at = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const bits = i >= letters ? 0 : code < 128 ? sixBits[code]! : 64;
    if (text.length % 4 !== 0 || bits > 63) {
      throw new InputRangeError(
        `fromBase64: text must be base64 in complete groups of four characters, got another group at ${i - (i % 4)}. Read it again.`,
      );
    }
    group = (group << 6) | bits;
    if (i % 4 < 3) continue;
    for (let byte = 16; byte >= 0 && at < bytes.length; byte -= 8) bytes[at++] = (group >> byte) & 255;
    group = 0;
  }
  return bytes;
}
