// The text of a file: UTF-8, UTF-16, or Windows-1252 if it is not UTF-8.

/** A text with its encoding, and a note if the encoding was guessed. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: string;
  readonly notes: readonly string[];
}

/** Decodes a file. */
export function decodeText(
  bytes: Uint8Array,
  { name, encoding }: { readonly name: string; readonly encoding?: string },
): DecodedText | { readonly problem: string } {
  if (encoding !== undefined) return decodeAs(bytes, name, encoding);
  const wide = utf16Of(bytes);
  if (wide !== null) return { text: new TextDecoder(wide).decode(bytes), encoding: wide, notes: [] };
  if (bytes.includes(0)) return { problem: `${name} is not text. Choose a CSV or Parquet file.` };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "utf-8", notes: [] };
  } catch {
    return otherText(bytes, name);
  }
}

function decodeAs(bytes: Uint8Array, name: string, encoding: string): DecodedText | { readonly problem: string } {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding, notes: [] };
  } catch (error) {
    return {
      problem:
        error instanceof RangeError
          ? `${encoding} is not an encoding. Choose one such as utf-8, windows-1252 or shift_jis.`
          : `${name} is not ${encoding.toUpperCase()} text. Choose another encoding.`,
    };
  }
}

function utf16Of([a = -1, b = -1, c = -1, d = -1]: Uint8Array): "utf-16le" | "utf-16be" | null {
  if ((a === 0xff && b === 0xfe) || (a > 0 && b === 0 && c > 0 && d === 0)) return "utf-16le";
  if ((a === 0xfe && b === 0xff) || (a === 0 && b > 0 && c === 0 && d > 0)) return "utf-16be";
  return null;
}

const WRONG = "\ufffd";
const meaningless: readonly number[] = [0x81, 0x8d, 0x8f, 0x90, 0x9d]; // bytes without a character in Windows-1252

/** Text that is not UTF-8: Windows-1252, unless most other bytes are UTF-8 beyond ASCII, or bytes have no meaning in it. */
function otherText(bytes: Uint8Array, name: string): DecodedText | { readonly problem: string } {
  const lenient = new TextDecoder("utf-8").decode(bytes);
  const line = lenient.slice(0, lenient.indexOf(WRONG)).split(/\r\n|\n|\r/).length;
  let [wrong, characters] = [0, 0];
  for (const letter of lenient.matchAll(/[^\0-\x7f]/gu)) {
    if (letter[0] === WRONG) wrong += 1;
    else characters += 1;
  }
  if (characters > wrong || meaningless.some((byte) => bytes.includes(byte))) {
    return {
      problem: `${name}:${line} is not UTF-8 text, although other lines are. Correct line ${line}, or choose the encoding.`,
    };
  }
  const text = new TextDecoder("windows-1252").decode(bytes);
  return {
    text,
    encoding: "windows-1252",
    notes: [`line ${line} of ${name} is not UTF-8, so the file is read as Windows-1252`],
  };
}
