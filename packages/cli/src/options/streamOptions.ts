// Checks that the options of `downhill train` work with rows that are read in parts.
import { UsageError } from "../errors/errors.ts";
import type { TrainOptions } from "./trainOptions.ts";

/**
 * The first option that needs the rows in memory, such as one that divides and prepares them again and again.
 *
 * @returns the flag; undefined if the rows can be read in parts
 */
export function needsMemory(options: TrainOptions): string | undefined {
  const { search, folds, threshold, column, model, feedback, time, duplicates } = options;
  if (search !== undefined) return "--search";
  if (folds !== undefined) return "--folds";
  if (threshold !== undefined && typeof threshold !== "number") return "--threshold f1 or cost";
  const words = column?.find(({ kind }) => kind === "words");
  if (words !== undefined) return `--column ${words.name}:words`;
  if (model !== "factorization") return undefined;
  if (feedback === "implicit") return "--feedback implicit";
  if (duplicates === "error") return "--duplicates error";
  return time === undefined ? undefined : "--time of a factorization";
}

/** @throws UsageError for --stream with an option that needs the rows in memory, and for --cache without --stream */
export function requireStreamable(options: TrainOptions): void {
  const { stream = false, cache } = options;
  if (cache !== undefined && !stream) {
    throw new UsageError("train: --cache works only with --stream. Add --stream, or leave out --cache.");
  }
  const flag = stream ? needsMemory(options) : undefined;
  if (flag === undefined) return;
  throw new UsageError(
    `train: ${flag} does not work with --stream, because it needs all rows in memory. Leave out one of the two, or choose the ` +
      "options on a part of the rows, such as a query with USING SAMPLE 1000000 ROWS.",
  );
}
