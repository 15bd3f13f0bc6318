// Plain data with typed arrays as bytes, and back. The bytes are: a mark of 16 letters; the number of all bytes (float64); the length of
// the text and the checksum (uint32 each); the data as JSON text, where each list of numbers is a reference; the numbers of the lists.
// Every part begins at a multiple of 8 bytes, and the byte order is little-endian, as in WebAssembly.
import { InputRangeError, InputTypeError, show } from "./check.ts";

const HEAD = 32; // bytes
const lists = { float64: Float64Array, float32: Float32Array, uint32: Uint32Array };
type ListType = keyof typeof lists;
type List = Float64Array | Float32Array | Uint32Array;

/** The name of the member that marks a reference. */
const MARK = "$";

/**
 * Packs plain data: objects, arrays, texts, numbers (also -0, NaN and the infinities), booleans, null, and Float64Array, Float32Array
 * and Uint32Array. Members that are undefined are left out.
 *
 * @param mark  16 letters with which the bytes begin
 * @throws TypeError for other data
 */
export function pack(functionName: string, mark: string, data: unknown): Uint8Array<ArrayBuffer> {
  const stored: List[] = [];
  let size = 0; // of the numbers, in bytes
  const reference = (type: ListType | "array", list: List): object => {
    const at = size;
    stored.push(list);
    size += padded(list.byteLength);
    return { [MARK]: type, at, length: list.length };
  };
  const replaced = (name: string, value: unknown): unknown => {
    for (const type of Object.keys(lists) as ListType[]) {
      if (value instanceof lists[type]) return reference(type, value);
    }
    if (Array.isArray(value)) {
      const isNumbers = value.length > 0 && value.every((each) => typeof each === "number");
      return isNumbers ? reference("array", Float64Array.from(value)) : value;
    }
    if (typeof value === "number") {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { [MARK]: Object.is(value, -0) ? "-0" : `${value}` };
    }
    const isPlain = value instanceof Object && Object.prototype.toString.call(value) === "[object Object]";
    if (["string", "boolean", "undefined"].includes(typeof value) || value === null) return value;
    if (isPlain && typeof value !== "function" && !Object.hasOwn(value, MARK)) return value;
    const what = isPlain ? `an object with the name "${MARK}"` : show(value);
    throw new InputTypeError(
      `${functionName}: the data must be plain objects, arrays, texts, numbers and typed arrays of numbers, got ${what} in ${show(name)}. ` +
        "Leave it out, or change its form.",
    );
  };
  const text = bytesOf(JSON.stringify(data, replaced));
  const start = HEAD + padded(text.length);
  const bytes = new Uint8Array(start + size).fill(32, HEAD, start); // spaces after the text
  bytes.set(bytesOf(mark));
  bytes.set(text, HEAD);
  let at = start;
  for (const { buffer, byteOffset, byteLength } of stored) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += padded(byteLength);
  }
  const head = new DataView(bytes.buffer);
  head.setFloat64(16, bytes.length, true);
  head.setUint32(24, text.length, true);
  head.setUint32(28, checksum(bytes, text.length), true);
  return bytes;
}

/**
 * Unpacks what `pack` returned.
 *
 * @throws RangeError for bytes without this mark, bytes that are missing, and bytes that were changed
 */
export function unpack(functionName: string, mark: string, packed: Uint8Array): unknown {
  const fail = (rule: string, got: string, advice: string): never => {
    throw new InputRangeError(`${functionName}: the bytes must ${rule}, got ${got}. ${advice}`);
  };
  const bytes = new Uint8Array(packed); // a copy, whose buffer begins at its first byte; slice of a Buffer is no copy
  const found = textOf(bytes.subarray(0, 16));
  if (found !== mark) fail(`begin with ${show(mark)}`, show(found), "Pass bytes that this version saved.");
  const head = new DataView(bytes.buffer);
  const length = bytes.length < HEAD ? HEAD : head.getFloat64(16, true);
  if (bytes.length !== length)
    fail(`be ${length}`, `${bytes.length}`, "Copy the whole file again, or use an earlier one.");
  const textLength = head.getUint32(24, true);
  if (length % 8 !== 0 || head.getUint32(28, true) !== checksum(bytes, textLength)) {
    fail("be as they were saved", "bytes that were changed", "Copy the file again, or use an earlier one.");
  }
  const start = HEAD + padded(textLength);
  const restored = (_: string, value: unknown): unknown => {
    if (!(value instanceof Object) || !Object.hasOwn(value, MARK)) return value;
    const { [MARK]: type, at, length } = value as { [MARK]: string; at: number; length: number };
    if (type === "array") return Array.from(new Float64Array(bytes.buffer, start + at, length));
    if (!Object.hasOwn(lists, type)) return Number(type);
    return new lists[type as ListType](bytes.buffer, start + at, length).slice();
  };
  return JSON.parse(textOf(bytes.subarray(HEAD, HEAD + textLength)), restored);
}

/** The letters of a JSON text as bytes; a letter above the first 128 is escaped. */
const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(
    text.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`),
    (letter) => letter.charCodeAt(0),
  );

function textOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

const padded = (length: number): number => Math.ceil(length / 8) * 8;

/** A checksum of the bytes after the head and of a start value. Each step is a bijection, so a change of one word is always found. */
function checksum({ buffer, byteLength }: Uint8Array, start: number): number {
  const words = new Uint32Array(buffer as ArrayBuffer, HEAD, (byteLength - HEAD) >> 2);
  let sum = start;
  for (let i = 0; i < words.length; i++) {
    sum = Math.imul(sum ^ words[i]!, 0x9e3779b1);
    sum ^= sum >>> 15;
  }
  return sum >>> 0;
}
