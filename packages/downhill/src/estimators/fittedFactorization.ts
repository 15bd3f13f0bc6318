// Parameters: a row per user, then a row per item; a row is the rank's factors and, with biases, one bias (factors.ts).
import { requireKnown, requireSize } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import type { Matrix } from "../core/matrix.ts";
import type { History } from "../training/history.ts";
import type { StopReason } from "../training/stopping.ts";
import { type Body, encodeHistory, encodeNumbers, frame } from "./savedFile.ts";
import {
  booleanIn,
  choiceIn,
  descentIn,
  historyIn,
  labelsIn,
  listIn,
  numberIn,
  numbersIn,
  objectIn,
  refuse,
  stoppedIn,
  wholeIn,
} from "./savedMembers.ts";

/** A fitted factorization as data. */
export interface FactorCore {
  readonly kind: "factorization";
  readonly settings: {
    readonly rank: number;
    readonly biases: boolean;
    readonly mean: number;
    readonly penalty: string;
    readonly scale: readonly [number, number] | null;
  };
  readonly options: Readonly<Record<string, string | number>>;
  readonly users: readonly Label[];
  readonly items: readonly Label[];
  /** Positions of the items that each user rated. */
  readonly seen: readonly Uint32Array[];
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
  readonly settings: FactorCore["settings"];
  readonly options: FactorCore["options"];
  readonly users: readonly Label[];
  readonly items: readonly Label[];
  readonly history: History;
  readonly updates: number;
  readonly stopped: FactorCore["stopped"];
  /** Factors (rows: users or items, in their order), and biases where the model has them. */
  readonly userFactors: Matrix;
  readonly itemFactors: Matrix;
  readonly userBiases: Float64Array | null;
  readonly itemBiases: Float64Array | null;
  params(): Float64Array;
  /**
   * The rating of each pair, clipped to the scale if one was given. Of a user or item that was never rated, what is known
   * is used: the mean, and the other's bias.
   */
  predict(users: ArrayLike<Label>, items: ArrayLike<Label>): Float64Array;
  /** Whether a user, an item was in the training ratings. */
  knowsUser(user: Label): boolean;
  knowsItem(item: Label): boolean;
  /** The `top` items [10] with the highest predictions for a user; those the user has rated only if `rated` [false]. */
  recommend(user: Label, options?: { top?: number; rated?: boolean }): Recommendation[];
  toJSON(): unknown;
}

/** The model of its data. */
export function fittedFactorization(core: FactorCore): FittedFactorization {
  const { kind, settings, options, users, items, params, history, updates, stopped } = core;
  const { rank, biases, mean, scale } = settings;
  const width = rank + (biases ? 1 : 0);
  const userAt = new Map(users.map((user, i) => [user, i]));
  const itemAt = new Map(items.map((item, i) => [item, i]));
  const firstItem = users.length * width;

  /** Unknown: undefined, which contributes nothing. */
  function ratingOf(user: number | undefined, item: number | undefined): number {
    const p = user === undefined ? undefined : user * width;
    const q = item === undefined ? undefined : firstItem + item * width;
    let z = mean;
    if (biases && p !== undefined) z += params[p + rank]!;
    if (biases && q !== undefined) z += params[q + rank]!;
    if (p !== undefined && q !== undefined) for (let f = 0; f < rank; f++) z += params[p + f]! * params[q + f]!;
    return scale === null ? z : Math.min(Math.max(z, scale[0]), scale[1]);
  }

  const factorsFrom = (from: number, count: number): Matrix => {
    const data = new Float64Array(count * rank);
    for (let i = 0; i < count; i++) data.set(params.subarray(from + i * width, from + i * width + rank), i * rank);
    return { data, rows: count, columns: rank };
  };
  const biasesFrom = (from: number, count: number): Float64Array | null =>
    biases ? Float64Array.from({ length: count }, (_, i) => params[from + i * width + rank]!) : null;

  return {
    kind,
    settings,
    options,
    users,
    items,
    history,
    updates,
    stopped,
    userFactors: factorsFrom(0, users.length),
    itemFactors: factorsFrom(firstItem, items.length),
    userBiases: biasesFrom(0, users.length),
    itemBiases: biasesFrom(firstItem, items.length),
    params: () => params.slice(),
    predict(left, right) {
      if (left.length !== right.length) {
        throw new RangeError(
          `predict: users must be as many as items (${right.length}), got ${left.length}. Pair them.`,
        );
      }
      return Float64Array.from({ length: left.length }, (_, i) =>
        ratingOf(userAt.get(left[i]!), itemAt.get(right[i]!)),
      );
    },
    knowsUser: (user) => userAt.has(user),
    knowsItem: (item) => itemAt.has(item),
    recommend(user, { top = 10, rated = false, ...unknown } = {}) {
      requireKnown("recommend", unknown, ["top", "rated"]);
      requireSize("recommend", "top", top);
      const at = userAt.get(user);
      const skipped = new Set(rated || at === undefined ? [] : core.seen[at]);
      return items
        .map((item, i) => ({ item, i, rating: ratingOf(at, i) }))
        .filter(({ i }) => !skipped.has(i))
        .sort((a, b) => b.rating - a.rating || a.i - b.i)
        .slice(0, top)
        .map(({ item, rating }) => ({ item, rating }));
    },
    toJSON: () => encode(core),
  };
}

const encode = (core: FactorCore): unknown =>
  frame({
    ...core,
    seen: core.seen.map((list) => encodeNumbers(list)),
    params: encodeNumbers(core.params),
    history: encodeHistory(core.history),
  });

/**
 * The fitted factorization of a saved body.
 *
 * @throws RangeError or TypeError for members that no factorization has, or that do not suit each other
 */
export function loadFactorization(body: Body): FittedFactorization {
  const users = labelsIn("users", body["users"]);
  const items = labelsIn("items", body["items"]);
  const settings = settingsIn(body["settings"]);
  const options = objectIn("options", body["options"]);
  numberIn("options.l2", options["l2"], 0);
  descentIn(options);
  const updates = wholeIn("updates", body["updates"], 0);
  const size = (users.length + items.length) * (settings.rank + (settings.biases ? 1 : 0));
  return fittedFactorization({
    kind: "factorization",
    settings,
    options: options as FactorCore["options"],
    users,
    items,
    seen: seenIn(body["seen"], users.length, items.length),
    params: numbersIn("params", body["params"], size),
    history: historyIn("history", body["history"], updates),
    updates,
    stopped: stoppedIn("stopped", body["stopped"]),
  });
}

function settingsIn(value: unknown): FactorCore["settings"] {
  const { rank, biases, mean, penalty, scale } = objectIn("settings", value);
  const bounds = scale === null ? null : listIn("settings.scale", scale);
  const [low, high] = (bounds ?? [0, 1]).map((bound, at) => numberIn(`settings.scale[${at}]`, bound));
  if (bounds !== null && !(bounds.length === 2 && low! < high!)) {
    refuse("settings.scale", "two numbers, the lower one first", scale);
  }
  return {
    rank: wholeIn("settings.rank", rank, 1),
    biases: booleanIn("settings.biases", biases),
    mean: numberIn("settings.mean", mean),
    penalty: choiceIn("settings.penalty", penalty, ["perRating", "uniform"]),
    scale: bounds && [low!, high!],
  };
}

/** Positions of the rated items, a list for each user. */
function seenIn(value: unknown, users: number, items: number): readonly Uint32Array[] {
  const lists = listIn("seen", value);
  if (lists.length !== users) refuse("seen", `one list per user (${users})`, value);
  return lists.map((list, user) => {
    const positions = numbersIn(`seen[${user}]`, list);
    const odd = positions.find((position) => !Number.isInteger(position) || position < 0 || position >= items);
    if (odd !== undefined) refuse(`seen[${user}]`, `positions below ${items}, the number of items`, odd);
    return Uint32Array.from(positions);
  });
}
