// The frame of every saved model: format, version and a checksum around a body, and numbers as base64.

import { fromBase64, toBase64 } from "../core/base64.ts";
import { show } from "../core/check.ts";
import type { History } from "../training/history.ts";

const FORMAT = "downhill model";
const VERSION = 1;

/** A saved model's body: what its kind needs, as JSON values. */
export type Body = Readonly<Record<string, unknown>> & { readonly kind: string };

/** A body in its frame, for JSON.stringify. */
export const frame = (body: Body): unknown => ({
  format: FORMAT,
  version: VERSION,
  checksum: checksum(JSON.stringify(body)),
  body,
});

/**
 * The body of a saved model.
 *
 * @param saved  the file's text, or what JSON.parse made of it
 * @throws RangeError when it is no model, a model of a later version, or damaged
 */
export function unframe(saved: unknown): Body {
  let file = saved;
  if (typeof saved === "string") {
    try {
      file = JSON.parse(saved);
    } catch {
      throw new RangeError("load: model must be whole JSON text, got text that breaks off or is none. Save it again.");
    }
  }
  const { format, version, checksum: expected, body } = (file ?? {}) as Record<string, unknown>;
  if (format !== FORMAT) {
    throw new RangeError(`load: model must be a file of format "${FORMAT}", got ${show(format)}. Pass a saved model.`);
  }
  if (version !== VERSION) {
    throw new RangeError(
      `load: model must be of version ${VERSION}, got ${show(version)}. Update downhill, or save it with this version.`,
    );
  }
  if (body === null || typeof body !== "object" || checksum(JSON.stringify(body)) !== expected) {
    throw new RangeError("load: model must be as it was saved, got one that was changed or damaged. Save it again.");
  }
  return body as Body;
}

/** 64-bit numbers, little-endian, as base64. */
export function encodeNumbers(numbers: ArrayLike<number>): string {
  const view = new DataView(new ArrayBuffer(8 * numbers.length));
  for (let i = 0; i < numbers.length; i++) view.setFloat64(8 * i, numbers[i]!, true);
  return toBase64(new Uint8Array(view.buffer));
}

/** The numbers of a base64 text. */
export function decodeNumbers(text: unknown): Float64Array {
  const { buffer, byteLength } = fromBase64(String(text));
  const view = new DataView(buffer);
  return Float64Array.from({ length: byteLength / 8 }, (_, i) => view.getFloat64(8 * i, true));
}

/** A history with each list as base64. */
export const encodeHistory = (history: History): Record<string, string> =>
  Object.fromEntries(Object.entries(history).map(([name, list]) => [name, encodeNumbers(list)]));

/** The history of its base64 texts. */
export const decodeHistory = (texts: unknown): History =>
  Object.fromEntries(
    Object.entries(texts as Record<string, string>).map(([name, text]) => [name, [...decodeNumbers(text)]]),
  ) as unknown as History;

/** FNV-1a over UTF-16 code units, in hexadecimal. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
