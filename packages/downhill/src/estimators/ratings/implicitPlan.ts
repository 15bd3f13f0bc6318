import { InputTypeError } from "../../core/check.ts";
import { listsOf, withoutRepeats } from "../../core/lists.ts";
import { plain } from "../../optimizers/plain.ts";
import type { FactorizationOptions } from "./factorizationOptions.ts";
import { implicitProblem } from "./implicitProblem.ts";
import type { MemoryRatings } from "./memoryRatings.ts";
import { requireNegatives } from "./negatives.ts";
import { largestPenalty, penaltyOf, type RatingPlan } from "./ratingPlan.ts";
import type { IndexedLabels } from "./ratings.ts";

/** The default number of negative items for each positive pair, and the default learning rate. */
const defaults = { bpr: { negatives: 1, rate: 0.05 }, logistic: { negatives: 4, rate: 0.02 } } as const;

/**
 * The plan for implicit feedback. The negative items of the training are drawn from the items that the user has no training pair
 * with, anew in each epoch; those of the validation pairs are drawn once, from the items that the user has no pair with.
 *
 * @throws TypeError for an optimizer that needs the same objective in each update; RangeError for a user with all items
 */
export function implicitPlan(options: FactorizationOptions, data: MemoryRatings, users: IndexedLabels): RatingPlan {
  const { loss = "bpr", rank = 10, biases = true, seed = 0, rates, l2 = 0.05, batchSize = 1 } = options;
  const { optimizer = plain(defaults[loss].rate), negatives = defaults[loss].negatives } = options;
  if (optimizer.fullBatch) {
    throw new InputTypeError(
      `${data.functionName}: optimizer must not compare objectives of different updates with implicit feedback, because each epoch has other ` +
        "negative items, got automatic. Use plain(0.05), for example.",
    );
  }
  const positivesOf = (rows: Uint32Array | null) => {
    const own = rows ?? Uint32Array.from(data.user.keys());
    const of = (list: Uint32Array): Uint32Array => Uint32Array.from(own, (row) => list[row]!);
    return withoutRepeats(listsOf(of(data.user), data.users, of(data.item)));
  };
  const all = positivesOf(null);
  requireNegatives(data.functionName, users, data.items, all);
  const shared = { shape: [data.users, data.items, rank] as const, loss, negatives, seed };
  const pairsOf = (rows: Uint32Array) => ({
    user: Uint32Array.from(rows, (row) => data.user[row]!),
    item: Uint32Array.from(rows, (row) => data.item[row]!),
  });
  const runWith = { largest: 1, l2: largestPenalty(l2), share: 1 };
  return {
    training: implicitProblem({
      ...shared,
      ...pairsOf(data.train),
      predictor: { biases, ...penaltyOf(l2), ...(rates && { rateTerms: rates }) },
      positives: data.validation ? positivesOf(data.train) : all,
      stream: "negatives",
      redraw: true,
    }),
    validation:
      data.validation &&
      implicitProblem({
        ...shared,
        ...pairsOf(data.validation),
        predictor: { biases },
        positives: all,
        stream: "validation negatives",
        redraw: false,
      }),
    settings: { mean: 0, deviation: 1, scale: null, loss },
    l2,
    batchSize,
    epochs: options.epochs ?? 30,
    order: options.order ?? "shuffled",
    optimizer,
    stability: () => runWith,
    chosen: { negatives },
  };
}
