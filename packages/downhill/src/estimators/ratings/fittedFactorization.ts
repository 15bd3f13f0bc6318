// The parameters are one row per user, then one row per item. A row has `rank` factors and, with biases, one bias (factors.ts).
import { InputRangeError, requireKnown, requireLength, requireSize, show } from "../../core/check.ts";
import { frozenCopy } from "../../core/frozenCopy.ts";
import type { Label } from "../../core/label.ts";
import { listAt } from "../../core/lists.ts";
import type { Matrix } from "../../core/matrix.ts";
import { encodeFactorization, savedFactorization } from "../saved/savedFactorization.ts";
import type { FactorizationData, FittedFactorization, Recommendation, RecommendOptions } from "./factorization.ts";
import { foldIn } from "./foldIn.ts";
import { topItems } from "./topItems.ts";

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
  /** The predicted ratings of all items, with the bits of `ratingOf`. */
  function ratingsFor(user: number | undefined): Float64Array {
    const ratings = new Float64Array(items.length);
    const p = user === undefined ? undefined : params.subarray(user * width, (user + 1) * width);
    const bias = biases && p ? p[rank]! : 0;
    for (let item = 0, q = firstItem; item < ratings.length; item++, q += width) {
      let z = bias;
      if (biases) z += params[q + rank]!;
      if (p) for (let f = 0; f < rank; f++) z += p[f]! * params[q + f]!;
      ratings[item] = mean + deviation * z;
    }
    return ratings;
  }
  const limited = (rating: number): number =>
    scale === null ? rating : Math.min(Math.max(rating, scale[0]), scale[1]);

  const choicesOf = (functionName: string, { top = 10, rated = false, ...unknown }: RecommendOptions = {}) => {
    requireKnown(functionName, unknown, ["top", "rated"]);
    requireSize(functionName, "top", top);
    return { top, rated };
  };

  function recommended(user: Label, { top, rated }: Required<RecommendOptions>): Recommendation[] {
    const at = userAt.get(user);
    const skipped = rated || at === undefined ? new Uint32Array(0) : listAt(seen, at);
    const ratings = ratingsFor(at);
    return topItems(ratings, skipped, top).map((item) => ({ item: items[item]!, rating: limited(ratings[item]!) }));
  }

  /** The cosine of the angle between the factors of two items. */
  function cosine(one: number, other: number): number {
    const [p, q] = [firstItem + one * width, firstItem + other * width];
    let [dot, ofOne, ofOther] = [0, 0, 0];
    for (let f = 0; f < rank; f++) {
      dot += params[p + f]! * params[q + f]!;
      ofOne += params[p + f]! * params[p + f]!;
      ofOther += params[q + f]! * params[q + f]!;
    }
    const lengths = Math.sqrt(ofOne) * Math.sqrt(ofOther);
    return lengths > 0 ? Math.min(Math.max(dot / lengths, -1), 1) : 0;
  }

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
    ratedItems(user) {
      const at = userAt.get(user);
      return at === undefined ? [] : Array.from(listAt(seen, at), (item) => items[item]!);
    },
    recommend(user, choice) {
      return recommended(user, choicesOf("recommend", choice));
    },
    recommendEach(each, choice) {
      const choices = choicesOf("recommendEach", choice);
      return Array.from(each, (user) => recommended(user, choices));
    },
    similarItems(item, { top = 10, ...unknown } = {}) {
      requireKnown("similarItems", unknown, ["top"]);
      requireSize("similarItems", "top", top);
      const at = itemAt.get(item);
      if (at === undefined) {
        throw new InputRangeError(
          `similarItems: the item must have training ratings, got ${show(item)}. Choose one of the items of the model.`,
        );
      }
      const similarities = Float64Array.from(items, (_, other) => cosine(at, other));
      return topItems(similarities, Uint32Array.of(at), top).map((other) => ({
        item: items[other]!,
        similarity: similarities[other]!,
      }));
    },
    foldIn: (ratings) => fittedFactorization(foldIn(fittedData, ratings)),
    toJSON: () => encodeFactorization(fittedData),
    saved: () => savedFactorization(fittedData),
  };
}
