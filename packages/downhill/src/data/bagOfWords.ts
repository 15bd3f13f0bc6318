import { InputRangeError, InputTypeError, known, requireOneOf, requireRows, requireSize, show } from "../core/check.ts";
import { markSparse, type SparseMatrix } from "../core/sparse.ts";

/** Options of `bagOfWords`. A model must get its later texts with the same options. */
export interface BagOfWordsOptions {
  /** The number of columns, a power of two; words that get the same column are added up [262144]. */
  readonly columns?: number;
  /** Seed of the hash, a whole number [0]. */
  readonly seed?: number;
  /** "counts": how often a word is in the text; "binary": 1 if it is there ["counts"]. */
  readonly values?: "counts" | "binary";
}

const functionName = "bagOfWords";
const MOST_COLUMNS = 268_435_456; // 2²⁸

/**
 * Makes a row of each text: a bag of words. A hash of a word is the number of its column, so no list of words is kept, and new texts
 * need the same options only.
 *
 * A word is a run of letters, digits and underscores; the other characters of ASCII, the signs of Latin-1 (U+0080 to U+00BF, × and ÷), and the
 * punctuation of U+2000 to U+206F, U+3000 to U+303F and U+FF00 to U+FF0F separate words. Upper and lower case are the same. The hash
 * is MurmurHash3 (32 bits) of the UTF-16 code units.
 *
 * @param texts  at least one text
 * @throws TypeError for a text that is not a string; RangeError for options that are not allowed
 *
 * Source: Weinberger et al., “Feature Hashing for Large Scale Multitask Learning”, 2009.
 *
 * @example
 * ```ts
 * import { bagOfWords, logisticRegression } from "downhill";
 *
 * const X = bagOfWords(["Cheap pills!", "cheap, cheap offer", "the meeting on Monday", "notes of the meeting"]);
 * const model = logisticRegression().fit(X, ["spam", "spam", "ham", "ham"]);
 * model.predict(bagOfWords(["a cheap meal", "Meeting: room 3"])); // ["spam", "ham"]
 * ```
 */
export function bagOfWords(texts: ArrayLike<string>, options: BagOfWordsOptions = {}): SparseMatrix {
  const {
    columns = 262_144,
    seed = 0,
    values: kind = "counts",
  } = known(functionName, options, "columns", "seed", "values");
  if (!Number.isInteger(columns) || columns < 2 || columns > MOST_COLUMNS || (columns & (columns - 1)) !== 0) {
    throw new InputRangeError(
      `${functionName}: columns must be a power of two from 2 to ${MOST_COLUMNS}, got ${show(columns)}. Pass 262144, for example.`,
    );
  }
  requireSize(functionName, "seed", seed, 0);
  requireOneOf(functionName, "values", kind, ["counts", "binary"]);
  requireRows(functionName, texts);
  const indptr = new Uint32Array(texts.length + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i];
    if (typeof text !== "string") {
      throw new InputTypeError(
        `${functionName}: every text must be a string, got ${show(text)} in row ${i}. Pass "" for a missing text.`,
      );
    }
    const counts = new Map<number, number>();
    eachWord(text, (word) => {
      const column = hash(word, seed) & (columns - 1);
      counts.set(column, kind === "binary" ? 1 : (counts.get(column) ?? 0) + 1);
    });
    for (const column of [...counts.keys()].sort((a, b) => a - b)) {
      indices.push(column);
      values.push(counts.get(column)!);
    }
    indptr[i + 1] = indices.length;
  }
  const entries = { indptr, indices: Uint32Array.from(indices), values: Float64Array.from(values) };
  return markSparse({ ...entries, rows: texts.length, columns });
}

function eachWord(text: string, take: (word: string) => void): void {
  const lower = text.toLowerCase();
  for (let at = 0, from = 0; at <= lower.length; at++) {
    if (at < lower.length && isOfWord(lower.charCodeAt(at))) continue;
    if (at > from) take(lower.slice(from, at));
    from = at + 1;
  }
}

function isOfWord(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f;
  if (code < 0xc0 || code === 0xd7 || code === 0xf7) return false;
  const block = code >> 4;
  return !((block >= 0x200 && block <= 0x206) || (block >= 0x300 && block <= 0x303) || block === 0xff0);
}

/** MurmurHash3 (x86, 32 bits) of the code units, two in each block of 32 bits. */
function hash(word: string, seed: number): number {
  let h = seed | 0;
  for (let at = 0; at + 2 <= word.length; at += 2) {
    h ^= scrambled(word.charCodeAt(at) | (word.charCodeAt(at + 1) << 16));
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
  if (word.length % 2 === 1) h ^= scrambled(word.charCodeAt(word.length - 1));
  h ^= 2 * word.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function scrambled(block: number): number {
  const k = Math.imul(block, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}
