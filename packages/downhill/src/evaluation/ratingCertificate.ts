// The certificate of a factorization.
import { InputRangeError, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import type { Pairs } from "../core/pairs.ts";
import type { Vector } from "../core/vector.ts";
import { splitRatings } from "../data/splitRatings.ts";
import { type Certificate, proven } from "../diagnosis/certificate/certificate.ts";
import { FAILURE, type FactorizationParts, nuclearGap } from "../diagnosis/certificate/nuclearNorm.ts";
import { type DistinctRatings, type Duplicates, distinctRatings } from "../estimators/ratings/duplicates.ts";
import type { FittedFactorization } from "../estimators/ratings/factorization.ts";
import { checkedRatings, type IndexedLabels, type Ratings } from "../estimators/ratings/ratings.ts";
import type { Terms } from "../predictors/factors.ts";

const functionName = "certificate";

/** See `certificate`. */
export function ratingCertificate(model: FittedFactorization, ratings: Ratings | Pairs): Certificate {
  const { settings, options } = model;
  if (settings.loss !== "halfSquared") {
    return none("Implicit feedback has no known bound, because each epoch has other negative items.");
  }
  const l2 = options["l2"] as number | Terms;
  const terms = typeof l2 === "number" ? equal(l2) : l2;
  const needed = [
    terms.userFactors,
    terms.itemFactors,
    ...(settings.biases ? [terms.userBiases, terms.itemBiases] : []),
  ];
  if (Math.min(...needed) === 0) {
    return none("A factorization without a penalty on all its factors and biases has no known bound.");
  }
  const gap = nuclearGap(partsOf(model, ratings as Ratings, terms));
  return proven("nuclear norm", { ...gap, radius: Infinity, failureProbability: FAILURE });
}

const none = (sentence: string): Certificate => ({ valid: false, objective: null, sentence });

const equal = (l2: number): Terms => ({ userFactors: l2, itemFactors: l2, userBiases: l2, itemBiases: l2 });

/** The objective that the fit minimised. */
function partsOf(model: FittedFactorization, table: Ratings, terms: Terms): FactorizationParts {
  const { settings, options } = model;
  const given = checkedRatings(functionName, table);
  const users = positionsIn("users", model.users, table.users);
  const items = positionsIn("items", model.items, table.items);
  const all = distinctRatings(functionName, [users, items, given], options["duplicates"] as Duplicates);
  const { user, item, ratings } = trainingRatings(all, options);
  const n = ratings.length;
  const { mean, deviation, rank, biases, penalty } = settings;
  const rows = model.users.length + model.items.length;
  const counts = new Float64Array(rows);
  for (let i = 0; i < n; i++) {
    counts[user[i]!]! += 1;
    counts[model.users.length + item[i]!]! += 1;
  }
  const weightOf = (row: number, ofUser: number, ofItem: number): number =>
    (row < model.users.length ? ofUser : ofItem) * (penalty === "uniform" ? 1 : counts[row]! / n);
  return {
    ...{ users: model.users.length, items: model.items.length, user, item, rank, biases },
    targets: standardized(ratings, mean, deviation),
    params: model.params(),
    factorPenalty: Float64Array.from(counts, (_, row) => weightOf(row, terms.userFactors, terms.itemFactors)),
    biasPenalty: Float64Array.from(counts, (_, row) => weightOf(row, terms.userBiases, terms.itemBiases)),
  };
}

/**
 * The training ratings: all, or those that early stopping did not use for validation.
 *
 * @throws RangeError for another number of ratings than that of the fit
 */
function trainingRatings(all: DistinctRatings, options: FittedFactorization["options"]): DistinctRatings {
  const { ratings, validation, seed } = options as { ratings: number; validation?: number; seed: number };
  const n = all.ratings.length;
  if (n === ratings) return all;
  if (validation !== undefined && n === ratings + validation) {
    const { train } = splitRatings({ users: all.user, items: all.item }, { testShare: validation / n, seed });
    return {
      user: Uint32Array.from(train, (row) => all.user[row]!),
      item: Uint32Array.from(train, (row) => all.item[row]!),
      ratings: Float64Array.from(train, (row) => all.ratings[row]!),
    };
  }
  throw new InputRangeError(
    `${functionName}: ratings must be the ${ratings + (validation ?? 0)} ratings of the fit, got ${n}. Pass the same ratings.`,
  );
}

const standardized = (ratings: Vector, mean: number, deviation: number): Float64Array =>
  Float64Array.from(ratings, (rating) => (rating - mean) / deviation);

/** @throws RangeError for a user or an item that the model does not know */
function positionsIn(name: string, labels: readonly Label[], rows: ArrayLike<Label>): IndexedLabels {
  const positions = new Map(labels.map((label, k) => [label, k]));
  const indices = Uint32Array.from({ length: rows.length }, (_, row) => {
    const position = positions.get(rows[row]!);
    if (position !== undefined) return position;
    throw new InputRangeError(
      `${functionName}: ${name} must be those of the fit, got ${show(rows[row])} in row ${row}. Pass the ratings of the fit.`,
    );
  });
  return { labels, indices, positions };
}
