// Parameters: a row per user, then a row per item; a row is the rank's factors and, with biases, one bias (factors.ts).
import { InputRangeError, requireKnown, requireSize } from "../../core/check.ts";
import { frozenCopy } from "../../core/frozenCopy.ts";
import type { Label } from "../../core/label.ts";
import { type Lists, listAt } from "../../core/lists.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { History } from "../../training/state/history.ts";
import type { StopReason } from "../../training/stopping/stopRules.ts";
import { encodeFactorization, savedFactorization } from "../saved/savedFactorization.ts";
import type { Body } from "../saved/savedFile.ts";

/** A fitted factorization as data. */
export interface FactorizationData {
  readonly kind: "factorization";
  readonly settings: {
    readonly rank: number;
    readonly biases: boolean;
    /** Of a pair of which nothing is known. */
    readonly mean: number;
    /** A rating is mean + deviation · z, z of the parameters: the deviation of the training ratings, or 1. */
    readonly deviation: number;
    readonly penalty: string;
    readonly scale: readonly [number, number] | null;
  };
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly users: readonly Label[];
  readonly items: readonly Label[];
  /** For each user the positions of the items that the user has rated, in rising order. */
  readonly seen: Lists;
  readonly params: Float64Array;
  readonly history: History;
  readonly updates: number;
  readonly stopped: StopReason | "interrupted";
}

export interface Recommendation {
  readonly item: Label;
  readonly rating: number;
}

/** A fitted factorization; immutable. */
export interface FittedFactorization {
  readonly kind: "factorization";
  readonly settings: FactorizationData["settings"];
  readonly options: FactorizationData["options"];
  readonly users: readonly Label[];
  readonly items: readonly Label[];
  readonly history: History;
  readonly updates: number;
  readonly stopped: FactorizationData["stopped"];
  /**
   * Factors (rows: users or items, in their order), and biases where the model has them, such that a rating is
   * mean + bias of the user + bias of the item + p · q in its own units.
   */
  readonly userFactors: Matrix;
  readonly itemFactors: Matrix;
  readonly userBiases: Float64Array | null;
  readonly itemBiases: Float64Array | null;
  /** The trained parameters, in standardized units: a row per user, then a row per item; a row has the factors, then the bias. */
  params(): Float64Array;
  /**
   * The rating of each pair, clipped to the model's scale. If the user or the item has no training rating, the prediction is
   * the mean plus the bias of the other one of the pair.
   */
  predict(users: ArrayLike<Label>, items: ArrayLike<Label>): Float64Array;
  /** Whether a user, or an item, was in the training ratings. */
  knowsUser(user: Label): boolean;
  knowsItem(item: Label): boolean;
  /**
   * The `top` items [10] with the highest predictions for a user, best first; items that the user has rated are
   * included only if `rated` is true [false]. They are ordered by the predictions before clipping, and returned with the clipped
   * ones; of equal items the earlier one is first.
   */
  recommend(user: Label, options?: { top?: number; rated?: boolean }): Recommendation[];
  toJSON(): unknown;
  /** What `toJSON` gives without its frame, the long lists as texts in pieces; `savedPieces` writes it. */
  saved(): Body;
}

/** The model of data that nobody else has; what it shows of them is frozen. */
export function fittedFactorization(data: FactorizationData): FittedFactorization {
  const fittedData = frozenCopy(data, "kept");
  const { kind, settings, options, users, items, seen, params, history, updates, stopped } = fittedData;
  const { rank, biases, mean, deviation, scale } = settings;
  const width = rank + (biases ? 1 : 0);
  const userAt = new Map(users.map((user, i) => [user, i]));
  const itemAt = new Map(items.map((item, i) => [item, i]));
  const firstItem = users.length * width;

  /** Before it is clipped. Unknown: undefined, which contributes nothing. */
  function ratingOf(user: number | undefined, item: number | undefined): number {
    const p = user === undefined ? undefined : user * width;
    const q = item === undefined ? undefined : firstItem + item * width;
    let z = 0;
    if (biases && p !== undefined) z += params[p + rank]!;
    if (biases && q !== undefined) z += params[q + rank]!;
    if (p !== undefined && q !== undefined) for (let f = 0; f < rank; f++) z += params[p + f]! * params[q + f]!;
    return mean + deviation * z;
  }
  const clipped = (rating: number): number =>
    scale === null ? rating : Math.min(Math.max(rating, scale[0]), scale[1]);

  const share = Math.sqrt(deviation); // for either factor of a product
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
      if (left.length !== right.length) {
        throw new InputRangeError(
          `predict: users must be as many as items (${right.length}), got ${left.length}. Pair them.`,
        );
      }
      return Float64Array.from({ length: left.length }, (_, i) =>
        clipped(ratingOf(userAt.get(left[i]!), itemAt.get(right[i]!))),
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
      return best(ratings, skipped, top).map((item) => ({ item: items[item]!, rating: clipped(ratings[item]!) }));
    },
    toJSON: () => encodeFactorization(fittedData),
    saved: () => savedFactorization(fittedData),
  };
}

/**
 * The positions of the `top` largest numbers, largest first and of equal ones the first, without those skipped.
 *
 * @param skipped  positions, rising
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
    if (kept.length > 2 * top + 100) cut(); // so that few are kept of many, and sorted seldom
  }
  cut();
  return kept;
}
