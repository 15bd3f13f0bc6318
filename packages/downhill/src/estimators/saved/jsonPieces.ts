/** A long string of a JSON value that is made in pieces. No piece needs an escape. `JSON.stringify` writes it as one string. */
export interface LongText {
  pieces(): Iterable<string>;
  toJSON(): string;
}

const isLongText = (value: object): value is LongText => typeof (value as Partial<LongText>).pieces === "function";

const LEVELS = 4; // the long texts of a model are in its first levels of objects

const PIECE = 65_536; // characters of a piece of a string

/** The text of `JSON.stringify(value)` in pieces. A long text in the first `levels` of objects stays in pieces. */
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
    let separator = "{";
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined || typeof member === "function" || typeof member === "symbol") continue;
      yield `${separator}${JSON.stringify(name)}:`;
      yield* jsonPieces(member, levels - 1);
      separator = ",";
    }
    yield separator === "{" ? "{}" : "}";
  }
}

/** A long string in quotes. No piece ends inside a surrogate pair, because one half alone would be escaped. */
function* stringPieces(text: string): Generator<string, void> {
  yield '"';
  for (let from = 0, to: number; from < text.length; from = to) {
    to = from + PIECE;
    if ((text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to++;
    yield JSON.stringify(text.slice(from, to)).slice(1, -1);
  }
  yield '"';
}
