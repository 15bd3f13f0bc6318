// Checks before the training: a factorization can be saved, has validation ratings, and has no repeated ratings.

import { formatCount } from "@downhill/plots/format";
import { type Label, largestSavableRank, type Pairs, type RatingTraining, splitRatings } from "downhill";
import { DataError, isInputError, UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { VALIDATION_SHARE } from "../model/estimator.ts";
import type { RatingRows } from "../model/rows.ts";
import { DEFAULT_SEED, type TrainOptions } from "../options/trainOptions.ts";

const DEFAULT_RANK = 10; // the default of the library

const distinct = (labels: readonly Label[]): Label[] => [...new Set(labels)];

/** @throws UsageError if the model file would be longer than the longest string */
export function requireSavable(
  { users, items, seen, stored }: RatingRows,
  { rank = DEFAULT_RANK, biases = true }: TrainOptions,
): void {
  const all = stored?.training;
  const size = {
    users: all?.training.users ?? distinct(users),
    items: all?.training.items ?? distinct(items),
    biases,
    pairs: all ? stored.rows + (all.heldOut?.rows.rows ?? 0) : users.length + (seen?.users.length ?? 0),
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
  { users, items }: Pairs,
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

/** @throws DataError for --duplicates error if two rows have the same user and item */
export function requireOneRatingPerPair(
  { users, items, rows }: Pick<RatingTraining, "users" | "items" | "rows">,
  { duplicates }: TrainOptions,
  locate: (row: number) => string,
): void {
  if (duplicates !== "error") return;
  const firsts = new Map<string, Map<string, number>>();
  for (const [at, user] of users.entries()) {
    const firstOfItem = firsts.get(user) ?? new Map<string, number>();
    firsts.set(user, firstOfItem);
    const item = items[at]!;
    const first = firstOfItem.get(item);
    if (first !== undefined) {
      throw new DataError(
        `train: each pair of a user and an item must have one rating, but ${show(user)} and ${show(item)} have two, ` +
          `in ${locate(rows[first]!)} and ${locate(rows[at]!)}. Remove one, or use --duplicates mean or --duplicates last.`,
      );
    }
    firstOfItem.set(item, at);
  }
}
