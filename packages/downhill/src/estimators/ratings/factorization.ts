// The types of a fitted factorization.
import type { Label } from "../../core/label.ts";
import type { Lists } from "../../core/lists.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Pairs } from "../../core/pairs.ts";
import type { Terms } from "../../predictors/factors.ts";
import type { History } from "../../training/state/history.ts";
import type { StopReason } from "../../training/stopping/stopRules.ts";
import type { SavedBody } from "../saved/savedFile.ts";
import type { ImplicitLoss } from "./implicitProblem.ts";
import type { Ratings } from "./ratings.ts";

/** A fitted factorization as plain data. A saved model has the same content. */
export interface FactorizationData {
  /** The kind of the model. */
  readonly kind: "factorization";
  /** The options that determine the form of the model, and the scaling of the ratings. */
  readonly settings: {
    /** Number of factors per user and item. */
    readonly rank: number;
    /** Whether there are biases. */
    readonly biases: boolean;
    /** The mean in each prediction. */
    readonly mean: number;
    /** A rating is mean + deviation · z, with z computed from the parameters: the standard deviation of the training ratings, or 1. */
    readonly deviation: number;
    /** The kind of the penalty. */
    readonly penalty: string;
    /** The loss: "halfSquared" of standardized ratings; "bpr" or "logistic" for implicit feedback, which has no ratings. */
    readonly loss: "halfSquared" | ImplicitLoss;
    /** The limits of predictions; null for none. */
    readonly scale: readonly [number, number] | null;
  };
  /**
   * The options of the fit, with the chosen defaults: l2, batchSize, epochs, seed, standardize, optimizer, duplicates. `ratings` is
   * the number of training ratings, after those of the same pair became one; `negatives` is that of implicit feedback.
   */
  readonly options: Readonly<Record<string, string | number | boolean | Terms>>;
  /** The users, sorted. */
  readonly users: readonly Label[];
  /** The items, sorted. */
  readonly items: readonly Label[];
  /** For each user the positions of the items that the user has rated, in ascending order. */
  readonly seen: Lists;
  /** All parameters. */
  readonly params: Float64Array;
  /** The values that the run recorded. */
  readonly history: History;
  /** Number of updates. */
  readonly updates: number;
  /** Why the run ended; "interrupted" if the caller ended it with `break`. */
  readonly stopped: StopReason | "interrupted";
}

/** An item with its similarity to another item. */
export interface SimilarItem {
  /** The item. */
  readonly item: Label;
  /** The cosine of the angle between the factors of the two items: from −1 to 1; 0 if the factors of one are all 0. */
  readonly similarity: number;
}

/** Options of `recommend` and `recommendEach`. */
export interface RecommendOptions {
  /** The number of items [10]. */
  readonly top?: number;
  /** Whether items that the user has rated are included [false]. */
  readonly rated?: boolean;
}

/** An item with its predicted rating. */
export interface Recommendation {
  /** The item. */
  readonly item: Label;
  /** The predicted rating, limited to the scale of the model; with implicit feedback the score. */
  readonly rating: number;
}

/** A fitted factorization. It is immutable. */
export interface FittedFactorization {
  /** The kind of the model. */
  readonly kind: "factorization";
  /** The options that determine the form of the model, and the scaling of the ratings. */
  readonly settings: FactorizationData["settings"];
  /** The options of the fit; see `FactorizationData`. */
  readonly options: FactorizationData["options"];
  /** The users, sorted. */
  readonly users: readonly Label[];
  /** The items, sorted. */
  readonly items: readonly Label[];
  /** The values that the run recorded, one entry per epoch. */
  readonly history: History;
  /** Number of updates. */
  readonly updates: number;
  /** Why the run ended; "interrupted" if the caller ended it with `break`. */
  readonly stopped: FactorizationData["stopped"];
  /** The factors p of each user, one row per user. A rating is mean + user bias + item bias + p · q, in its own units. */
  readonly userFactors: Matrix;
  /** The factors q of each item, one row per item. */
  readonly itemFactors: Matrix;
  /** The bias of each user; null for a model without biases. */
  readonly userBiases: Float64Array | null;
  /** The bias of each item; null for a model without biases. */
  readonly itemBiases: Float64Array | null;
  /** A copy of the parameters, in standardized units: one row per user, then one row per item, each with factors and bias. */
  params(): Float64Array;
  /**
   * The predicted rating of each pair (users[i], items[i]), limited to the scale of the model. With implicit feedback it is the
   * score: for "logistic" the log-odds of a positive among the examples, for "bpr" a number whose order counts. For a user without training ratings
   * it is the mean plus the bias of the item, and for an item without training ratings the mean plus the bias of the user.
   */
  predict(users: ArrayLike<Label>, items: ArrayLike<Label>): Float64Array;
  /** Whether a user has training ratings. */
  knowsUser(user: Label): boolean;
  /** Whether an item has training ratings. */
  knowsItem(item: Label): boolean;
  /** The items that a user has rated, in the training ratings or in `seen`, sorted; none for a user without training ratings. */
  ratedItems(user: Label): Label[];
  /**
   * The items with the highest predicted ratings for a user, the highest first; of equal items the earlier one is first. Items are
   * ordered by their ratings before these are limited to the scale.
   */
  recommend(user: Label, options?: RecommendOptions): Recommendation[];
  /** The recommendations for each of many users, in the order of the users. */
  recommendEach(users: ArrayLike<Label>, options?: RecommendOptions): Recommendation[][];
  /**
   * The items whose factors are the most similar to those of an item, the most similar first. `top` is the number of items [10].
   * Throws RangeError for an item without training ratings.
   */
  similarItems(item: Label, options?: { readonly top?: number }): SimilarItem[];
  /**
   * A model that also knows new users, without another training: all other parameters stay as they are. The factors and the bias
   * of a new user minimise the objective of the model for the ratings of this user. They are the exact solution of a ridge
   * regression on the factors of the items. Throws RangeError for a user that the model knows, an item that it does not know, or
   * if l2 is 0 and a user has too few ratings.
   */
  foldIn(ratings: Ratings | Pairs): FittedFactorization;
  /** The model as data for JSON.stringify. `load` makes the model of it again. */
  toJSON(): unknown;
  /** The content of `toJSON()` with its long lists as texts in pieces, for `savedPieces`. */
  saved(): SavedBody;
}
