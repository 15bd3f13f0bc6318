// The option --batch-size of a run on known rows.
import { UsageError } from "../errors/errors.ts";
import { VALIDATION_SHARE } from "../model/estimator.ts";
import { countOf, type Rows, rowWord } from "../model/rows.ts";
import type { TrainOptions } from "../options/trainOptions.ts";

/**
 * The options, where a batch size equal to the number of training rows becomes "full".
 *
 * @throws UsageError for a batch of more rows than there are
 */
export function withBatch(options: TrainOptions, train: Rows): TrainOptions {
  const { batchSize, patience } = options;
  const all = countOf(train);
  // The number of validation ratings depends on the ratings, so the library checks the batch.
  if (train.task === "ratings" && patience !== undefined) return options;
  const rows = patience === undefined ? all : all - Math.round(VALIDATION_SHARE * all);
  if (batchSize === rows) return { ...options, batchSize: "full" };
  if (typeof batchSize !== "number" || batchSize < rows) return options;
  throw new UsageError(
    `train: --batch-size ${batchSize} is larger than the ${rows} training ${rowWord(train)}. ` +
      "Use a smaller number, or full for all.",
  );
}
