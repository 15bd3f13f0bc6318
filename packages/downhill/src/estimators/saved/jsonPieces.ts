/** A text for JSON that is made in pieces, none of which needs an escape. `JSON.stringify` writes it as one text. */
export interface LongText {
  pieces(): Iterable<string>;
  toJSON(): string;
}

const isLongText = (value: object): value is LongText => typeof (value as Partial<LongText>).pieces === "function";

const LEVELS = 4; // a model's long texts lie in its first levels; a piece passes through every level above it

const PIECE = 65_536; // characters of a long string that are written at a time

/** What `JSON.stringify(value)` gives, in pieces: a long text in the first `levels` of objects is never held as a whole. */
export function* jsonPieces(value: unknown, levels = LEVELS): Generator<string, void> {
  if (typeof value === "string" && value.length > PIECE) {
    yield* stringPieces(value);
  } else if (value === null || typeof value !== "object" || Array.isArray(value)) {
    yield JSON.stringify(value);
  } else if (isLongText(value)) {
    yield '"';
    yield* value.pieces();
    yield '"';
  } else if (levels === 0 || typeof (value as { toJSON?: unknown }).toJSON === "function") {
    yield JSON.stringify(value);
  } else {
    let before = "{";
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined || typeof member === "function" || typeof member === "symbol") continue;
      yield `${before}${JSON.stringify(name)}:`;
      yield* jsonPieces(member, levels - 1);
      before = ",";
    }
    yield before === "{" ? "{}" : "}";
  }
}

/** A long string in quotes; no piece ends between the two halves of a surrogate pair, which alone would be escaped. */
function* stringPieces(text: string): Generator<string, void> {
  yield '"';
  for (let from = 0, to: number; from < text.length; from = to) {
    to = from + PIECE;
    if ((text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to++;
    yield JSON.stringify(text.slice(from, to)).slice(1, -1);
  }
  yield '"';
}
