import { InputRangeError, InputTypeError, known, requireOneOf, requireRows, requireSize, show } from "../core/check.ts";
import { entryList } from "../core/entryList.ts";
import type { SparseMatrix } from "../core/sparse.ts";
import { bucketsRule, eachWord, isBucketCount, wordHash } from "./words.ts";

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

/** The number of columns without an option. */
export const DEFAULT_BUCKETS = 262_144;

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
    columns = DEFAULT_BUCKETS,
    seed = 0,
    values: kind = "counts",
  } = known(functionName, options, "columns", "seed", "values");
  if (!isBucketCount(columns)) {
    throw new InputRangeError(
      `${functionName}: columns must be ${bucketsRule}, got ${show(columns)}. Pass 262144, for example.`,
    );
  }
  requireSize(functionName, "seed", seed, 0);
  requireOneOf(functionName, "values", kind, ["counts", "binary"]);
  requireRows(functionName, texts);
  const entries = entryList(texts.length);
  let found = new Int32Array(64);
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i];
    if (typeof text !== "string") {
      throw new InputTypeError(
        `${functionName}: every text must be a string, got ${show(text)} in row ${i}. Pass "" for a missing text.`,
      );
    }
    let count = 0;
    const lower = text.toLowerCase();
    eachWord(lower, (from, to) => {
      if (count === found.length) {
        const longer = new Int32Array(2 * count);
        longer.set(found);
        found = longer;
      }
      found[count++] = wordHash(lower, from, to, seed) & (columns - 1);
    });
    const sorted = found.subarray(0, count).sort();
    for (let at = 0, from = 0; at < count; from = at) {
      while (at < count && sorted[at] === sorted[from]) at++;
      entries.add(sorted[from]!, kind === "binary" ? 1 : at - from);
    }
    entries.endRow();
  }
  return entries.matrix(columns);
}
