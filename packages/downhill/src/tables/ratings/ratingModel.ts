import { InputTypeError, requireKnown, show } from "../../core/check.ts";
import { frozenCopy } from "../../core/frozenCopy.ts";
import type { Pairs } from "../../core/pairs.ts";
import type { FittedFactorization } from "../../estimators/ratings/factorization.ts";
import type { FactorizationEstimator, FactorizationStep } from "../../estimators/ratings/factorizationEstimator.ts";
import type {
  FactorizationFitOptions,
  FactorizationStepOptions,
} from "../../estimators/ratings/factorizationOptions.ts";
import type { Ratings } from "../../estimators/ratings/ratings.ts";
import type { TableData } from "../cells/cellTableOf.ts";
import { libraryDialect } from "../libraryDialect.ts";
import type { Note } from "../reading/typedTable.ts";
import { type FittedRatingModel, fittedRatingModel } from "./fittedRatingModel.ts";
import { checkRatingOptions, type RatingOptions, type RatingRows, readRatings } from "./ratingRows.ts";

/** Ratings of a table that are ready for a training. */
export interface RatingTraining extends RatingRows {
  /** Decisions and warnings about the columns. */
  readonly notes: readonly Note[];
  /** The number of rows that were left out, because a cell is missing. */
  readonly leftOut: number;
  /** The data for the estimator: all ratings, or those at these positions. With times they are in the order of time. */
  data(positions?: Uint32Array): Ratings | Pairs;
  /** The model of the table, from the factorization of such data. */
  fitted(model: FittedFactorization): FittedRatingModel;
}

/** A step of a rating model's training. */
export interface RatingStep extends Omit<FactorizationStep, "fitted" | "fittedData"> {
  /** The fitted model at this step. */
  fitted(): FittedRatingModel;
}

/** A factorization with the columns of its table, before it is fitted. */
export interface RatingModel {
  /** Fits step by step, as an iterator over the updates. */
  train(rows: TableData, options?: Omit<FactorizationStepOptions, "seen">): Generator<RatingStep, void>;
  /** Reads the ratings, and fits the factorization to them. */
  fit(rows: TableData, options?: Omit<FactorizationFitOptions, "seen">): FittedRatingModel;
  /** Reads the ratings: what `fit` passes to the estimator. */
  trainingData(rows: TableData): RatingTraining;
}

/**
 * Makes a factorization of a table with one row per rating: records or columns. Users and items are read as text, so 7 and "7" are
 * one user, and "007" is another. Rows with a missing user, item, rating or time are left out. With a column of times the rows are
 * ordered by time, so that `duplicates: "last"` means the latest rating of a pair. The fitted model contains the names of the
 * columns, so that it predicts rows.
 *
 * @param estimator  `matrixFactorization` with its options; without the option `rating`, one for implicit feedback
 * @param options  the columns, and how they are read
 * @throws TypeError or RangeError for an option that is not allowed; `fit` throws them for cells that do not fit the options
 *
 * @example
 * ```ts
 * import { load, matrixFactorization, ratingModel } from "downhill";
 *
 * const rows = [
 *   { user: "ann", item: "tea", stars: 5 },
 *   { user: "ann", item: "jam", stars: 4 },
 *   { user: "bob", item: "tea", stars: 4 },
 *   { user: "bob", item: "ham", stars: 1 },
 *   { user: "cat", item: "jam", stars: 5 },
 *   { user: "cat", item: "ham", stars: 2 },
 * ];
 * const model = ratingModel(matrixFactorization({ rank: 2, epochs: 200, seed: 1 }), { user: "user", item: "item", rating: "stars" }).fit(rows);
 * model.recommend("ann")[0]!.item; // "ham"
 * load(JSON.stringify(model), "ratingModel").predict([{ user: "ann", item: "ham" }])[0]! < 4; // true
 * ```
 */
export function ratingModel(
  estimator: FactorizationEstimator | FactorizationEstimator<Pairs>,
  options: RatingOptions,
): RatingModel {
  const functionName = "ratingModel";
  if (typeof estimator?.fit !== "function" || "validationSplit" in estimator) {
    throw new InputTypeError(
      `${functionName}: the first argument must be a factorization, got ${show(estimator)}. Pass matrixFactorization(), for example.`,
    );
  }
  checkRatingOptions(functionName, options);
  const { dialect, ...others } = options;
  const own: RatingOptions = { ...frozenCopy(others), ...(dialect && { dialect }) };
  const inner = estimator as FactorizationEstimator<Pairs>;

  function trainingData(data: TableData): RatingTraining {
    const { rows, columns, notes, leftOut } = readRatings(data, own, own.dialect ?? libraryDialect("fit"));
    const { users, items, ratings, times } = rows;
    return {
      ...rows,
      notes,
      leftOut,
      data(positions = Uint32Array.from(users.keys())) {
        const order = times ? positions.toSorted((a, b) => times[a]! - times[b]! || a - b) : positions;
        return {
          users: Array.from(order, (at) => users[at]!),
          items: Array.from(order, (at) => items[at]!),
          ...(ratings && { ratings: Float64Array.from(order, (at) => ratings[at]!) }),
        };
      },
      fitted: (model) => fittedRatingModel({ columns, notes, training: { rows: users.length, leftOut }, model }),
    };
  }
  return {
    trainingData,
    fit(rows, fitOptions = {}) {
      requireKnown("fit", fitOptions, ["resume", "threads", "ranks"]);
      const training = trainingData(rows);
      return training.fitted(inner.fit(training.data(), fitOptions));
    },
    *train(rows, fitOptions = {}) {
      requireKnown("fit", fitOptions, ["resume", "threads", "ranks", "every"]);
      const training = trainingData(rows);
      for (const step of inner.train(training.data(), fitOptions)) {
        const { fittedData: _, ...others } = step;
        yield { ...others, fitted: () => training.fitted(step.fitted()) };
      }
    },
  };
}
