const LETTERS = " !#%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|";
const TILDE = 126;
const BRACE = 125;

/**
 * Reads bytes from a text that `scripts/byte-text.mjs` wrote.
 *
 * The text begins with the 89 most frequent byte values in hexadecimal digits. In a list of all byte values these are the
 * first, and the others follow in ascending order. Each byte is written as its position in this list: positions 0 … 88 as one
 * of the letters above, positions 89 … 177 as "~" and a letter, the others as "}" and a letter. The text is ASCII, which
 * servers and bundlers do not change. Compressed with gzip it is as small as the bytes themselves, within a hundredth.
 */
export function fromByteText(text: string): Uint8Array {
  const n = LETTERS.length;
  const frequent = Array.from({ length: n }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
  const values = [
    ...frequent,
    ...new Uint8Array(256).map((_, byte) => byte).filter((byte) => !frequent.includes(byte)),
  ];
  const positions = new Uint8Array(128); // of each letter, by its character code
  for (let position = 0; position < n; position++) positions[LETTERS.charCodeAt(position)] = position;
  const bytes = new Uint8Array(text.length);
  let length = 0;
  let first = 0;
  for (let at = 2 * n; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === TILDE) first = n;
    else if (code === BRACE) first = 2 * n;
    else {
      bytes[length++] = values[first + positions[code]!]!;
      first = 0;
    }
  }
  return bytes.slice(0, length);
}
