import { InputRangeError, known, requireRows, show } from "../core/check.ts";
import { type BagOfWordsOptions, DEFAULT_BUCKETS } from "./bagOfWords.ts";
import { bucketsRule, eachWord, isBucketCount, wordHash } from "./words.ts";

/**
 * The words of texts that `bagOfWords` adds up in some columns, the most frequent first. With the training texts it shows what the
 * coefficient of a column belongs to; a column without words of these texts has an empty list.
 *
 * @param texts  at least one text
 * @param wanted  indices of columns
 * @param options  those of `bagOfWords`
 *
 * @example
 * ```ts
 * import { bagOfWords, wordsOfColumns } from "downhill";
 *
 * const texts = ["Cheap pills!", "cheap offer"];
 * const { indices } = bagOfWords(texts, { columns: 1024 });
 * [...wordsOfColumns(texts, indices, { columns: 1024 }).values()].flat().sort(); // ["cheap", "offer", "pills"]
 * ```
 */
export function wordsOfColumns(
  texts: ArrayLike<string>,
  wanted: ArrayLike<number>,
  options: Pick<BagOfWordsOptions, "columns" | "seed"> = {},
): Map<number, string[]> {
  const functionName = "wordsOfColumns";
  const { columns = DEFAULT_BUCKETS, seed = 0 } = known(functionName, options, "columns", "seed");
  if (!isBucketCount(columns)) {
    throw new InputRangeError(
      `${functionName}: columns must be ${bucketsRule}, got ${show(columns)}. Pass those of bagOfWords.`,
    );
  }
  requireRows(functionName, texts);
  const counts = new Map<number, Map<string, number>>();
  for (let i = 0; i < wanted.length; i++) counts.set(wanted[i]!, new Map());
  for (let i = 0; i < texts.length; i++) {
    const lower = texts[i]!.toLowerCase();
    eachWord(lower, (from, to) => {
      const own = counts.get(wordHash(lower, from, to, seed) & (columns - 1));
      if (own === undefined) return;
      const word = lower.slice(from, to);
      own.set(word, (own.get(word) ?? 0) + 1);
    });
  }
  const sorted = (own: ReadonlyMap<string, number>): string[] =>
    [...own].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([word]) => word);
  return new Map([...counts].map(([column, own]) => [column, sorted(own)]));
}
