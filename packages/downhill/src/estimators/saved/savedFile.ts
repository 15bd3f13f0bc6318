// The frame of every saved model: format, version and a checksum around its content.

import { InputRangeError, show } from "../../core/check.ts";
import { jsonPieces } from "./jsonPieces.ts";

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
  const head = { format: FORMAT, version: VERSION, checksum: checksum(jsonPieces(content)) };
  return { ...head, ...content };
}

/** A fitted model: one that is large gives its body with its lists of numbers as texts in pieces. */
export interface Savable {
  toJSON(): unknown;
  saved?(): Body;
}

/**
 * A fitted model as data for JSON.stringify, with additional members of your own, for example the types of the columns or the
 * date. `load` checks that these members are unchanged, and otherwise ignores them.
 *
 * @param members  JSON values by name; the names `format`, `version`, `checksum` and `body` are reserved
 * @throws RangeError for a member whose name is taken
 */
export function savedWith(fitted: Savable, members: Readonly<Record<string, unknown>>): unknown {
  requireFree("savedWith", members);
  return frame((fitted.toJSON() as { readonly body: Body }).body, members);
}

/**
 * The text of `JSON.stringify(savedWith(fitted, members))` in pieces, which are to be written one after the other: a large
 * factorization then needs little additional memory.
 *
 * @throws RangeError for a member whose name is taken, or a factorization too large for one text
 */
export function savedPieces(fitted: Savable, members: Readonly<Record<string, unknown>> = {}): Iterable<string> {
  requireFree("savedPieces", members);
  const body = fitted.saved?.() ?? (fitted.toJSON() as { readonly body: Body }).body;
  return jsonPieces(frame(body, members));
}

function requireFree(functionName: string, members: Readonly<Record<string, unknown>>): void {
  const taken = Object.keys(members).find((name) => FRAME.includes(name));
  if (taken === undefined) return;
  throw new InputRangeError(
    `${functionName}: members must not be named ${FRAME.join(", ")}, got ${show(taken)}. Choose another name.`,
  );
}

/**
 * The body of a saved model.
 *
 * @param saved  the file's text, or what JSON.parse made of it
 * @throws RangeError when it is not a model, is of another version, or is damaged
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

/** The checksum of a file's content; undefined of one that is nested deeper than any model. */
function checksumOf(content: unknown): string | undefined {
  try {
    return checksum(jsonPieces(content));
  } catch {
    return undefined;
  }
}

/** FNV-1a over the UTF-16 code units of the pieces, in hexadecimal. */
function checksum(pieces: Iterable<string>): string {
  let hash = 0x811c9dc5;
  for (const piece of pieces) {
    for (let i = 0; i < piece.length; i++) hash = Math.imul(hash ^ piece.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
