// The frame of a saved model: format, version and checksum, beside its content.

import { InputRangeError, show } from "../../core/check.ts";
import { jsonPieces } from "./jsonPieces.ts";

const FORMAT = "downhill model";
const VERSION = 2;
const FRAME = ["format", "version", "checksum", "body"];

/** The body of a saved model, as JSON values. */
export type SavedBody = Readonly<Record<string, unknown>> & {
  /** The kind of the model. */
  readonly kind: string;
};

/**
 * Puts a body into its frame, for JSON.stringify.
 *
 * @param members  further members of the file; the checksum includes them, and `load` ignores them
 */
export function frame(body: SavedBody, members: Readonly<Record<string, unknown>> = {}): { readonly body: SavedBody } {
  const content = { body, ...members };
  const head = { format: FORMAT, version: VERSION, checksum: checksum(jsonPieces(content)) };
  return { ...head, ...content };
}

/** A fitted model, which can be saved. */
export interface Savable {
  /** The model as data for JSON.stringify. */
  toJSON(): unknown;
  /** The body of a large model, with its long lists as texts in pieces. */
  saved?(): SavedBody;
}

/**
 * Makes data for JSON.stringify of a fitted model and of members of your own, for example the date. `load` checks that these
 * members are unchanged, and otherwise ignores them.
 *
 * @param fitted  a fitted model
 * @param members  JSON values by name; the names `format`, `version`, `checksum` and `body` are reserved
 * @throws RangeError for a reserved name
 *
 * @example
 * ```ts
 * import { linearRegression, load, savedWith } from "downhill";
 *
 * const model = linearRegression().fit([[1], [2], [3]], [3, 5, 7]);
 * const text = JSON.stringify(savedWith(model, { unit: "kg" }));
 * JSON.parse(text).unit; // "kg"
 * load(text).kind; // "linear"
 * ```
 */
export function savedWith(fitted: Savable, members: Readonly<Record<string, unknown>>): unknown {
  requireUnreserved("savedWith", members);
  return frame((fitted.toJSON() as { readonly body: SavedBody }).body, members);
}

/**
 * The text of `JSON.stringify(savedWith(fitted, members))` in pieces. A program that writes them one after the other needs little
 * memory for a large factorization.
 *
 * @param fitted  a fitted model
 * @param members  JSON values by name; the names `format`, `version`, `checksum` and `body` are reserved
 * @throws RangeError for a reserved name, or for a factorization that is too large for one string
 *
 * @example
 * ```ts
 * import { linearRegression, savedPieces } from "downhill";
 *
 * const model = linearRegression().fit([[1], [2], [3]], [3, 5, 7]);
 * const text = [...savedPieces(model)].join(""); // a program for large models writes each piece to a file
 * text === JSON.stringify(model); // true
 * ```
 */
export function savedPieces(fitted: Savable, members: Readonly<Record<string, unknown>> = {}): Iterable<string> {
  requireUnreserved("savedPieces", members);
  const body = fitted.saved?.() ?? (fitted.toJSON() as { readonly body: SavedBody }).body;
  return jsonPieces(frame(body, members));
}

function requireUnreserved(functionName: string, members: Readonly<Record<string, unknown>>): void {
  const reserved = Object.keys(members).find((name) => FRAME.includes(name));
  if (reserved === undefined) return;
  throw new InputRangeError(
    `${functionName}: members must not have the names ${FRAME.join(", ")}, got ${show(reserved)}. Use another name.`,
  );
}

/**
 * Checks the frame of a saved model and returns its body.
 *
 * @param saved  the text of the file, or the value that JSON.parse made of it
 * @throws RangeError if it is not a model, has another version, or was changed
 */
export function unframe(saved: unknown): SavedBody {
  let file = saved;
  if (typeof saved === "string") {
    try {
      file = JSON.parse(saved);
    } catch {
      throw new InputRangeError(
        "load: the text must be complete JSON, got text that JSON.parse does not accept. Save the model again.",
      );
    }
  }
  const { format, version, checksum: expected, ...content } = (file ?? {}) as Record<string, unknown>;
  const { body } = content;
  if (format === "downhill file") {
    throw new InputRangeError(
      `load: the model must have version ${VERSION}, got a file of version 1 of the command. Train the model again.`,
    );
  }
  if (format !== FORMAT) {
    throw new InputRangeError(
      `load: the file must have the format "${FORMAT}", got ${show(format)}. Pass a model that downhill saved.`,
    );
  }
  if (version !== VERSION) {
    const advice = version === 1 ? "Train the model again" : "Update downhill, or train the model again";
    throw new InputRangeError(`load: the model must have version ${VERSION}, got ${show(version)}. ${advice}.`);
  }
  if (body === null || typeof body !== "object" || checksumOf(content) !== expected) {
    throw new InputRangeError(
      "load: the model must be as it was saved, got one that was changed. Load an unchanged copy, or save the model again.",
    );
  }
  return body as SavedBody;
}

/** The checksum of the content of a file; undefined if the content is nested too deeply. */
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
