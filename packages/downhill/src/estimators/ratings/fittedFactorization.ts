// The parameters are one row per user, then one row per item. A row has `rank` factors and, with biases, one bias (factors.ts).
import { requireKnown, requireLength, requireSize } from "../../core/check.ts";
import { frozenCopy } from "../../core/frozenCopy.ts";
import type { Label } from "../../core/label.ts";
import { type Lists, listAt } from "../../core/lists.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { History } from "../../training/state/history.ts";
import type { StopReason } from "../../training/stopping/stopRules.ts";
import { encodeFactorization, savedFactorization } from "../saved/savedFactorization.ts";
import type { SavedBody } from "../saved/savedFile.ts";

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
    /** The limits of predictions; null for none. */
    readonly scale: readonly [number, number] | null;
  };
  /** The options of the fit, with the chosen defaults: l2, batchSize, epochs, seed, standardize, optimizer. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
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

/** An item with its predicted rating. */
export interface Recommendation {
  /** The item. */
  readonly item: Label;
  /** The predicted rating, limited to the scale of the model. */
  readonly rating: number;
}

/** A fitted factorization. It is immutable. */
export interface FittedFactorization {
  /** The kind of the model. */
  readonly kind: "factorization";
  /** The options that determine the form of the model, and the scaling of the ratings. */
  readonly settings: FactorizationData["settings"];
  /** The options of the fit, with the chosen defaults: l2, batchSize, epochs, seed, standardize, optimizer. */
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
   * The predicted rating of each pair (users[i], items[i]), limited to the scale of the model. For a user without training ratings
   * it is the mean plus the bias of the item, and for an item without training ratings the mean plus the bias of the user.
   */
  predict(users: ArrayLike<Label>, items: ArrayLike<Label>): Float64Array;
  /** Whether a user has training ratings. */
  knowsUser(user: Label): boolean;
  /** Whether an item has training ratings. */
  knowsItem(item: Label): boolean;
  /**
   * The items with the highest predicted ratings for a user, the highest first; of equal items the earlier one is first. Items are
   * ordered by their ratings before these are limited to the scale. `top` is the number of items [10]; `rated` includes items
   * that the user has rated [false].
   */
  recommend(user: Label, options?: { top?: number; rated?: boolean }): Recommendation[];
  /** The model as data for JSON.stringify. `load` makes the model of it again. */
  toJSON(): unknown;
  /** The content of `toJSON()` with its long lists as texts in pieces, for `savedPieces`. */
  saved(): SavedBody;
}

/** The fitted model of data. The typed arrays of the data are not copied, so the caller must not change them. */
export function fittedFactorization(data: FactorizationData): FittedFactorization {
  const fittedData = frozenCopy(data, "kept");
  const { kind, settings, options, users, items, seen, params, history, updates, stopped } = fittedData;
  const { rank, biases, mean, deviation, scale } = settings;
  const width = rank + (biases ? 1 : 0);
  const userAt = new Map(users.map((user, i) => [user, i]));
  const itemAt = new Map(items.map((item, i) => [item, i]));
  const firstItem = users.length * width;

  /** The predicted rating before it is limited to the scale. An unknown user or item (undefined) adds 0. */
  function ratingOf(user: number | undefined, item: number | undefined): number {
    const p = user === undefined ? undefined : user * width;
    const q = item === undefined ? undefined : firstItem + item * width;
    let z = 0;
    if (biases && p !== undefined) z += params[p + rank]!;
    if (biases && q !== undefined) z += params[q + rank]!;
    if (p !== undefined && q !== undefined) for (let f = 0; f < rank; f++) z += params[p + f]! * params[q + f]!;
    return mean + deviation * z;
  }
  const limited = (rating: number): number =>
    scale === null ? rating : Math.min(Math.max(rating, scale[0]), scale[1]);

  const share = Math.sqrt(deviation); // multiplies both factors of a product
  const factorsFrom = (from: number, count: number): Matrix => {
    const data = new Float64Array(count * rank);
    for (let i = 0, at = 0; i < count; i++) {
      for (let f = 0; f < rank; f++, at++) data[at] = share * params[from + i * width + f]!;
    }
    return { data, rows: count, columns: rank };
  };
  const biasesFrom = (from: number, count: number): Float64Array | null =>
    biases ? Float64Array.from({ length: count }, (_, i) => deviation * params[from + i * width + rank]!) : null;
  let userFactors: Matrix | undefined;
  let itemFactors: Matrix | undefined;

  return {
    kind,
    settings,
    options,
    users,
    items,
    history,
    updates,
    stopped,
    get userFactors() {
      userFactors ??= factorsFrom(0, users.length);
      return userFactors;
    },
    get itemFactors() {
      itemFactors ??= factorsFrom(firstItem, items.length);
      return itemFactors;
    },
    userBiases: biasesFrom(0, users.length),
    itemBiases: biasesFrom(firstItem, items.length),
    params: () => params.slice(),
    predict(left, right) {
      requireLength("predict", "users", left, "item", right.length);
      return Float64Array.from({ length: left.length }, (_, i) =>
        limited(ratingOf(userAt.get(left[i]!), itemAt.get(right[i]!))),
      );
    },
    knowsUser: (user) => userAt.has(user),
    knowsItem: (item) => itemAt.has(item),
    recommend(user, { top = 10, rated = false, ...unknown } = {}) {
      requireKnown("recommend", unknown, ["top", "rated"]);
      requireSize("recommend", "top", top);
      const at = userAt.get(user);
      const skipped = rated || at === undefined ? new Uint32Array(0) : listAt(seen, at);
      const ratings = Float64Array.from(items, (_, item) => ratingOf(at, item));
      return best(ratings, skipped, top).map((item) => ({ item: items[item]!, rating: limited(ratings[item]!) }));
    },
    toJSON: () => encodeFactorization(fittedData),
    saved: () => savedFactorization(fittedData),
  };
}

/**
 * The positions of the `top` largest numbers, the largest first; of equal numbers the earlier one is first.
 *
 * @param skipped  positions to leave out, in ascending order
 */
function best(numbers: Float64Array, skipped: Uint32Array, top: number): number[] {
  let kept: number[] = [];
  const cut = (): void => {
    kept = kept.sort((a, b) => numbers[b]! - numbers[a]! || a - b).slice(0, top);
  };
  let next = 0;
  for (let at = 0; at < numbers.length; at++) {
    if (at === skipped[next]) next++;
    else kept.push(at);
    if (kept.length > 2 * top + 100) cut(); // the list stays short, and it is rarely sorted
  }
  cut();
  return kept;
}
