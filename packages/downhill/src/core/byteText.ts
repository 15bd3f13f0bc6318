const LETTERS = " !#%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|";
const BYTES = 256;

/**
 * Reads bytes from a text that `scripts/byte-text.mjs` wrote.
 *
 * The text begins with a list of all 256 byte values in hexadecimal digits, the most frequent value first. Then each byte is
 * written as its position in this list: positions 0 … 88 as one of the 89 letters above, positions 89 … 177 as "~" and a
 * letter, the others as "}" and a letter. The text is ASCII, which servers and bundlers do not change. Compressed with gzip
 * it is smaller than hexadecimal digits (by a tenth) and than base64 (by a third).
 */
export function fromByteText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  const positions = new Map([...LETTERS].map((letter, position) => [letter, position]));
  let length = 0;
  let first = 0;
  for (let at = 2 * BYTES; at < text.length; at++) {
    const letter = text[at]!;
    if (letter === "~") first = LETTERS.length;
    else if (letter === "}") first = 2 * LETTERS.length;
    else {
      const position = first + positions.get(letter)!;
      bytes[length++] = Number.parseInt(text.slice(2 * position, 2 * position + 2), 16);
      first = 0;
    }
  }
  return bytes.slice(0, length);
}
