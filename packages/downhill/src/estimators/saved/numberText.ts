// Encodes numbers as base64 and decodes them. Encoding makes pieces of a few thousand numbers and needs little memory.
import { fromBase64, toBase64 } from "../../core/base64.ts";
import type { History } from "../../training/state/history.ts";
import type { LongText } from "./jsonPieces.ts";

const PIECE = 3072; // numbers per piece; their bytes are a multiple of three, so only the last piece has padding

/** 64-bit numbers, little-endian, as base64 in pieces. */
export const numbersText = (numbers: ArrayLike<number>): LongText =>
  longText(() => encoded(numbers.length, 8, (view, i, at) => view.setFloat64(at, numbers[i]!, true)));

/** Integers from 0 to 2³² − 1, 32 bits each, little-endian, as base64 in pieces. */
export const integersText = (integers: ArrayLike<number>): LongText =>
  longText(() => encoded(integers.length, 4, (view, i, at) => view.setUint32(at, integers[i]!, true)));

/** 64-bit numbers, little-endian, as base64. */
export const encodeNumbers = (numbers: ArrayLike<number>): string => numbersText(numbers).toJSON();

/** The numbers of a base64 text. */
export function decodeNumbers(text: unknown): Float64Array {
  const view = viewOf(text);
  const numbers = new Float64Array(view.byteLength / 8);
  for (let i = 0; i < numbers.length; i++) numbers[i] = view.getFloat64(8 * i, true);
  return numbers;
}

/** The integers of a base64 text. */
export function decodeIntegers(text: unknown): Uint32Array {
  const view = viewOf(text);
  const integers = new Uint32Array(view.byteLength / 4);
  for (let i = 0; i < integers.length; i++) integers[i] = view.getUint32(4 * i, true);
  return integers;
}

/** The number of base64 characters for a number of bytes. */
export const encodedLength = (bytes: number): number => 4 * Math.ceil(bytes / 3);

/** A history with each list as base64. */
export const encodeHistory = (history: History): Record<string, string> =>
  Object.fromEntries(Object.entries(history).map(([name, list]) => [name, encodeNumbers(list)]));

function longText(pieces: () => Iterable<string>): LongText {
  return {
    pieces,
    toJSON() {
      let text = "";
      for (const piece of pieces()) text += piece;
      return text;
    },
  };
}

function* encoded(count: number, width: number, write: (view: DataView, i: number, at: number) => void) {
  const view = new DataView(new ArrayBuffer(width * Math.min(count, PIECE)));
  const bytes = new Uint8Array(view.buffer);
  for (let from = 0; from < count; from += PIECE) {
    const to = Math.min(from + PIECE, count);
    for (let i = from; i < to; i++) write(view, i, width * (i - from));
    yield toBase64(bytes.subarray(0, width * (to - from)));
  }
}

const viewOf = (text: unknown): DataView => new DataView(fromBase64(String(text)).buffer);
