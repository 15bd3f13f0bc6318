// Checks that the options of `downhill train` work with rows that are read in parts.
import { UsageError } from "../errors/errors.ts";
import type { TrainOptions } from "./trainOptions.ts";

/** An option that needs the rows in memory. */
interface MemoryOption {
  readonly flag: string;
  /** Why it does, as the end of a sentence. */
  readonly reason: string;
  /** What to do instead, as sentences. */
  readonly advice: string;
}

const onSample = "on a part of the rows that fits into memory, such as a query with USING SAMPLE 1000000 ROWS";
const folds = "because it divides and prepares the rows anew for each fold, which needs all rows in memory";

/**
 * The first option that needs the rows in memory.
 *
 * @returns undefined if the rows can be read in parts
 */
export function needsMemory(options: TrainOptions): MemoryOption | undefined {
  const { search, threshold, column, model, feedback, time, duplicates } = options;
  if (search !== undefined) {
    const advice = `Search without --stream ${onSample}; then train on all rows with the values that it finds.`;
    return { flag: "--search", reason: folds, advice };
  }
  if (options.folds !== undefined) {
    return { flag: "--folds", reason: folds, advice: `Use --folds without --stream ${onSample}.` };
  }
  if (threshold !== undefined && typeof threshold !== "number") {
    const advice = `Choose it without --stream ${onSample}; then set the number that it prints, such as --threshold 0.3.`;
    return { flag: "--threshold f1 or cost", reason: folds, advice };
  }
  if (options.order === "replacement") {
    const reason = "because it draws the rows of each batch from all training rows, which needs all rows in memory";
    return { flag: "--order replacement", reason, advice: `Leave out --order, or train without --stream ${onSample}.` };
  }
  const words = column?.find(({ kind }) => kind === "words");
  if (words !== undefined) {
    const reason = "because the file of prepared rows has a place for every number of a row, also for each 0";
    return { flag: `--column ${words.name}:words`, reason, advice: `Train without --stream ${onSample}.` };
  }
  if (model !== "factorization") return undefined;
  if (feedback === "implicit") {
    const reason = "because each update draws an item that the user has no pair with, which needs all pairs in memory";
    return { flag: "--feedback implicit", reason, advice: `Train without --stream ${onSample}.` };
  }
  if (duplicates === "error") {
    const reason = "because it compares the pairs of all rows in memory";
    const advice =
      "Use --duplicates mean or --duplicates last. A query that groups the rows by user and item, with HAVING count(*) > 1, " +
      "finds the pairs with several ratings.";
    return { flag: "--duplicates error", reason, advice };
  }
  if (time === undefined) return undefined;
  const reason = "because it sorts all ratings in memory";
  const advice = "Hold out the late ratings with a condition in a query, and leave out --time.";
  return { flag: "--time of a factorization", reason, advice };
}

/** @throws UsageError for --stream with an option that needs the rows in memory, and for --cache without --stream */
export function requireStreamable(options: TrainOptions): void {
  const { stream = false, cache } = options;
  if (cache !== undefined && !stream) {
    throw new UsageError("train: --cache works only with --stream. Add --stream, or leave out --cache.");
  }
  const found = stream ? needsMemory(options) : undefined;
  if (found === undefined) return;
  throw new UsageError(`train: ${found.flag} does not work with --stream, ${found.reason}. ${found.advice}`);
}
