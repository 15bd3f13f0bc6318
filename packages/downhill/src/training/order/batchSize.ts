import { InputRangeError, requireSize } from "../../core/check.ts";

/** The number of examples in a batch; "full" means all. */
export type BatchSize = "full" | number;

/**
 * The number of examples in a batch.
 *
 * @throws RangeError when batchSize is not a whole number from 1 to the number of examples
 */
export function batchRows(batchSize: BatchSize, examples: number): number {
  if (batchSize === "full") return examples;
  requireSize("train", "batchSize", batchSize);
  if (batchSize > examples) {
    throw new InputRangeError(
      `train: batchSize must be at most the number of examples (${examples}), got ${batchSize}. Use "full" for all.`,
    );
  }
  return batchSize;
}
