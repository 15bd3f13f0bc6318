// Checks before the training that a factorization can be saved and has validation ratings.

import { formatCount } from "@downhill/plots/format";
import { type Label, largestSavableRank, splitRatings } from "downhill";
import { isInputError, UsageError } from "../errors/errors.ts";
import { VALIDATION_SHARE } from "../model/estimator.ts";
import type { RatingRows } from "../model/rows.ts";
import { DEFAULT_SEED, type TrainOptions } from "../options/trainOptions.ts";

const DEFAULT_RANK = 10; // the default of the library

const distinct = (labels: readonly Label[]): Label[] => [...new Set(labels)];

/** @throws UsageError if the model file would be longer than the longest string */
export function requireSavable(
  { users, items, seen }: RatingRows,
  { rank = DEFAULT_RANK, biases = true }: TrainOptions,
): void {
  const size = {
    users: distinct(users),
    items: distinct(items),
    biases,
    pairs: users.length + (seen?.users.length ?? 0),
  };
  const maxRank = largestSavableRank(size);
  if (rank <= maxRank) return;
  const advice =
    maxRank === 0 ? "Use fewer users, items or ratings" : `Use --rank ${maxRank} or less, fewer users or items`;
  throw new UsageError(
    `train: the model file would be larger than 512 MiB, with rank ${formatCount(rank)}, ${formatCount(size.users.length)} users ` +
      `and ${formatCount(size.items.length)} items. ${advice}, or train without a file: --no-save.`,
  );
}

/** @throws UsageError for --patience if no rating can be a validation rating: each is the only one of its user or item */
export function requireValidationRatings(
  { users, items }: RatingRows,
  { patience, seed = DEFAULT_SEED }: TrainOptions,
): void {
  if (patience === undefined) return;
  try {
    splitRatings({ users, items }, { testShare: VALIDATION_SHARE, seed });
  } catch (error) {
    if (!isInputError(error)) throw error;
    throw new UsageError(
      `train: --patience needs validation ratings, but each of the ${formatCount(users.length)} training ratings is the only one ` +
        "of its user or of its item. Leave out --patience, or add ratings.",
    );
  }
}
