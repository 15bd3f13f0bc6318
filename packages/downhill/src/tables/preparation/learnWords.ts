import { show } from "../../core/check.ts";
import { DEFAULT_BUCKETS } from "../../data/bagOfWords.ts";
import type { ColumnOptions } from "../tableOptions.ts";
import type { CategoryCounts } from "./learnCategories.ts";
import type { ColumnFacts, LearnedEncoding } from "./learnEncoding.ts";
import type { WordsEncoding } from "./preparation.ts";

/** The encoding of the words of texts. Nothing but the note is learnt, because a hash gives each word its bucket. */
export function wordsEncoding(
  { name }: { readonly name: string },
  { missing }: CategoryCounts,
  { rows, rule }: ColumnFacts,
  { buckets = DEFAULT_BUCKETS, seed = 0 }: ColumnOptions,
): LearnedEncoding<WordsEncoding> {
  const text = typeof rule === "object" ? String(rule.constant) : null;
  const words = `the words of ${show(name)} are counted in ${buckets} buckets, which a hash with the seed ${seed} chooses`;
  const result = text === "" ? "their rows have no words" : `they are read as ${show(text)}`;
  const ofMissing = missing === 0 || text === null ? "" : `; ${missing} of ${rows} texts are missing: ${result}`;
  return { encoding: { type: "words", buckets, seed, missing: text }, note: words + ofMissing };
}
