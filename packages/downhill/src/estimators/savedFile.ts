// The frame of every saved model: format, version and a checksum around its content, and numbers as base64.

import { fromBase64, toBase64 } from "../core/base64.ts";
import { InputRangeError, show } from "../core/check.ts";
import type { History } from "../training/history.ts";

const FORMAT = "downhill model";
const VERSION = 2;
const FRAME = ["format", "version", "checksum", "body"];

/** A saved model's body: what its kind needs, as JSON values. */
export type Body = Readonly<Record<string, unknown>> & { readonly kind: string };

/**
 * A body in its frame, for JSON.stringify.
 *
 * @param members  further members of the file; the checksum covers them, `load` ignores them
 */
export function frame(body: Body, members: Readonly<Record<string, unknown>> = {}): { readonly body: Body } {
  const content = { body, ...members };
  const head = { format: FORMAT, version: VERSION, checksum: checksum(JSON.stringify(content)) };
  return { ...head, ...content };
}

/**
 * A fitted model as data for JSON.stringify, with members of your own beside it: the types of the columns, say, or the
 * date. `load` checks that they are as they were saved, and otherwise ignores them.
 *
 * @param members  JSON values by name; `format`, `version`, `checksum` and `body` are taken
 * @throws RangeError for a member whose name is taken
 */
export function savedWith(fitted: { toJSON(): unknown }, members: Readonly<Record<string, unknown>>): unknown {
  const taken = Object.keys(members).find((name) => FRAME.includes(name));
  if (taken !== undefined) {
    throw new InputRangeError(
      `savedWith: members must not be named ${FRAME.join(", ")}, got ${show(taken)}. Choose another name.`,
    );
  }
  return frame((fitted.toJSON() as { readonly body: Body }).body, members);
}

/**
 * The body of a saved model.
 *
 * @param saved  the file's text, or what JSON.parse made of it
 * @throws RangeError when it is no model, a model of another version, or damaged
 */
export function unframe(saved: unknown): Body {
  let file = saved;
  if (typeof saved === "string") {
    try {
      file = JSON.parse(saved);
    } catch {
      throw new InputRangeError(
        "load: model must be whole JSON text, got text that breaks off or is none. Save it again.",
      );
    }
  }
  const { format, version, checksum: expected, ...content } = (file ?? {}) as Record<string, unknown>;
  const { body } = content;
  if (format === "downhill file") {
    throw new InputRangeError(
      `load: model must be of version ${VERSION}, got a file of the command's version 1. Train the model again.`,
    );
  }
  if (format !== FORMAT) {
    throw new InputRangeError(
      `load: model must be a file of format "${FORMAT}", got ${show(format)}. Pass a saved model.`,
    );
  }
  if (version !== VERSION) {
    const advice = version === 1 ? "Train the model again" : "Update downhill, or train the model again";
    throw new InputRangeError(`load: model must be of version ${VERSION}, got ${show(version)}. ${advice}.`);
  }
  if (body === null || typeof body !== "object" || checksumOf(content) !== expected) {
    throw new InputRangeError(
      "load: model must be as it was saved, got one that was changed or damaged. Save it again.",
    );
  }
  return body as Body;
}

const PIECE = 3072; // numbers turned into text at a time: their bytes are a multiple of three, so no padding falls between

/** 64-bit numbers, little-endian, as base64. */
export const encodeNumbers = (numbers: ArrayLike<number>): string =>
  encoded(numbers.length, 8, (view, i, at) => view.setFloat64(at, numbers[i]!, true));

/** Whole numbers from 0 to 2³² − 1 as 32 bits each, little-endian, as base64. */
export const encodeWholes = (wholes: ArrayLike<number>): string =>
  encoded(wholes.length, 4, (view, i, at) => view.setUint32(at, wholes[i]!, true));

/** The numbers of a base64 text. */
export function decodeNumbers(text: unknown): Float64Array {
  const view = viewOf(text);
  const numbers = new Float64Array(view.byteLength / 8);
  for (let i = 0; i < numbers.length; i++) numbers[i] = view.getFloat64(8 * i, true);
  return numbers;
}

/** The whole numbers of a base64 text. */
export function decodeWholes(text: unknown): Uint32Array {
  const view = viewOf(text);
  const wholes = new Uint32Array(view.byteLength / 4);
  for (let i = 0; i < wholes.length; i++) wholes[i] = view.getUint32(4 * i, true);
  return wholes;
}

/** Characters that so many bytes take in base64. */
export const encodedLength = (bytes: number): number => 4 * Math.ceil(bytes / 3);

function encoded(count: number, width: number, write: (view: DataView, i: number, at: number) => void): string {
  const view = new DataView(new ArrayBuffer(width * Math.min(count, PIECE)));
  const bytes = new Uint8Array(view.buffer);
  let text = "";
  for (let from = 0; from < count; from += PIECE) {
    const to = Math.min(from + PIECE, count);
    for (let i = from; i < to; i++) write(view, i, width * (i - from));
    text += toBase64(bytes.subarray(0, width * (to - from)));
  }
  return text;
}

const viewOf = (text: unknown): DataView => new DataView(fromBase64(String(text)).buffer);

/** A history with each list as base64. */
export const encodeHistory = (history: History): Record<string, string> =>
  Object.fromEntries(Object.entries(history).map(([name, list]) => [name, encodeNumbers(list)]));

/** The checksum of a file's content; undefined of one that is nested deeper than any model. */
function checksumOf(content: unknown): string | undefined {
  try {
    return checksum(JSON.stringify(content));
  } catch {
    return undefined;
  }
}

/** FNV-1a over UTF-16 code units, in hexadecimal. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
