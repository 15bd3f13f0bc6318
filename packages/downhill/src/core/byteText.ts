const LETTERS = " !#%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|";
const BYTES = 256;

/**
 * The bytes of a text that `scripts/byte-text.mjs` wrote.
 *
 * The text begins with all 256 bytes, the most frequent first, as pairs of hexadecimal digits. Then each byte is one
 * letter, by its place among these: the first 89 are the letters above, the next 89 the same behind "~", the others behind
 * "}". So the text is ASCII, which no server and no bundler changes, and gzip finds in it what it finds in the bytes:
 * hexadecimal digits take a tenth more, base64 half as much again.
 */
export function fromByteText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  const places = new Map([...LETTERS].map((letter, place) => [letter, place]));
  let length = 0;
  let first = 0;
  for (let at = 2 * BYTES; at < text.length; at++) {
    const letter = text[at]!;
    if (letter === "~") first = LETTERS.length;
    else if (letter === "}") first = 2 * LETTERS.length;
    else {
      const place = first + places.get(letter)!;
      bytes[length++] = Number.parseInt(text.slice(2 * place, 2 * place + 2), 16);
      first = 0;
    }
  }
  return bytes.slice(0, length);
}
