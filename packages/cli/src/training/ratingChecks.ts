// Whether a factorization can be trained as chosen, and saved, told before the training.

import { formatCount } from "@downhill/plots/format";
import { type Label, largestSavableRank, splitRatings } from "downhill";
import { isInputError, UsageError } from "../errors/errors.ts";
import { VALIDATION_SHARE } from "../model/estimator.ts";
import type { RatingRows } from "../model/rows.ts";
import { DEFAULT_SEED, type TrainOptions } from "../options/trainOptions.ts";

const DEFAULT_RANK = 10; // of the library

const distinct = (labels: readonly Label[]): Label[] => [...new Set(labels)];

/** @throws UsageError when the model file would be longer than a text can be */
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
  const most = largestSavableRank(size);
  if (rank <= most) return;
  const advice =
    most === 0 ? "Train on fewer users, items or ratings" : `Use --rank ${most} or less, or fewer users and items`;
  throw new UsageError(
    `train: --rank must leave a model file of at most 512 MiB, got ${formatCount(rank)} with ${formatCount(size.users.length)} users ` +
      `and ${formatCount(size.items.length)} items. ${advice}; --no-save trains without a file.`,
  );
}

/** @throws UsageError when --patience has no rating to watch, since each is the only one of its user or item */
export function requireValidationRatings(
  { users, items }: RatingRows,
  { patience, seed = DEFAULT_SEED }: TrainOptions,
): void {
  if (patience === undefined) return;
  try {
    splitRatings({ users, items }, { heldOut: VALIDATION_SHARE, seed });
  } catch (error) {
    if (!isInputError(error)) throw error;
    throw new UsageError(
      "train: --patience must have training ratings to watch whose user and item have others, " +
        `got none among ${formatCount(users.length)}. Leave out --patience, or supply more ratings.`,
    );
  }
}
