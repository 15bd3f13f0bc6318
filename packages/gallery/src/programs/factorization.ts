// Matrix factorization of 301 ratings that 30 users gave to 25 items. Each step uses one rating; the ratings are shuffled
// before each epoch.
import {
  type FactorizationOptions,
  type FittedFactorization,
  matrixFactorization,
  meanSquaredError,
  plain,
  rootMeanSquaredError,
} from "downhill";
import { type NumpyRandom, normals, numpyRandom } from "./numpy.ts";
import type { Program } from "./program.ts";

const [users, items, rank] = [30, 25, 4];
const learningRate = 0.01;
const penalty = 0.1;
const epochs = 80;

export interface FactorizationProgram extends Program<"factorization"> {
  readonly fitted: FittedFactorization;
  /** The order of the ratings in each epoch. */
  readonly orders: readonly Uint32Array[];
  /**
   * The objective that training minimises, after each epoch: the mean of e² + reg (‖p‖² + ‖q‖²) over the ratings, unless
   * `changes` set another penalty.
   */
  readonly objective: Float64Array;
  /** The mean of e² over the ratings, after each epoch: the plotted loss and the objective without their penalties. */
  readonly errors: Float64Array;
  /** Root mean squared error on the cells without a rating. The true values are the ratings before noise. */
  readonly unseenError: number;
}

/**
 * Runs the article's program.
 *
 * @param changes  options that differ from the article's; ratings, start and orders stay the same, epochs at most 80
 */
export function factorization(changes: FactorizationOptions = {}): FactorizationProgram {
  const random = numpyRandom(5);
  const trueP = normals(random, users * rank);
  const trueQ = normals(random, items * rank);
  const full = products(trueP, trueQ);
  const mask = full.map(() => Number(random.uniform() < 0.4));
  const R = full.map((rating) => rating + 0.5 * random.normal()).map((rating, at) => (mask[at] ? rating : 0));
  const P = normals(random, users * rank, 0.1);
  const Q = normals(random, items * rank, 0.1);
  const observed = Array.from(mask.keys()).filter((at) => mask[at]);
  const orders = repeatedShuffles(random, observed.length);

  // For each rating the article minimises e² + reg (‖p‖² + ‖q‖²), the library half of it. So the library needs twice the
  // learning rate for the same step.
  const model = matrixFactorization({
    rank,
    biases: false,
    mean: 0,
    standardize: false,
    scale: null,
    optimizer: plain(2 * learningRate),
    batchSize: 1,
    epochs,
    l2: penalty,
    penalty: "perRating",
    start: Float64Array.of(...P, ...Q),
    order: (epoch) => orders[epoch]!,
    ...changes,
  });
  const ratings = {
    users: observed.map((at) => Math.floor(at / items)),
    items: observed.map((at) => at % items),
    ratings: observed.map((at) => R[at]!),
  };
  const losses: number[] = [];
  const errors: number[] = [];
  let fitted: FittedFactorization | undefined;
  const fit = model.prepare(ratings, { every: "epoch" });
  for (const step of fit.steps()) {
    fitted = step.fitted();
    losses.push(plottedLoss(fitted, R, mask));
    const table = predictedTable(fitted);
    errors.push(
      meanSquaredError(
        observed.map((at) => table[at]!),
        ratings.ratings,
      ),
    );
  }
  const unseen = (table: Float64Array): Float64Array => table.filter((_, at) => !mask[at]);
  return {
    program: "factorization",
    epochs: losses.length,
    data: { P_true: trueP, Q_true: trueQ, R_full: full, mask, R },
    start: { P, Q },
    params: { P: fitted!.userFactors.data, Q: fitted!.itemFactors.data },
    fit,
    losses: Float64Array.from(losses),
    fitted: fitted!,
    orders,
    objective: Float64Array.from(fitted!.history.objective!, (half) => 2 * half),
    errors: Float64Array.from(errors),
    unseenError: rootMeanSquaredError(unseen(predictedTable(fitted!)), unseen(full)),
  };
}

/** The dot product of each user with each item: P Qᵀ, row by row. */
function products(P: ArrayLike<number>, Q: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: users * items }, (_, at) => {
    const [user, item] = [Math.floor(at / items), at % items];
    let sum = 0;
    for (let f = 0; f < rank; f++) sum += P[user * rank + f]! * Q[item * rank + f]!;
    return sum;
  });
}

/** The table of predicted ratings. */
export const predictedTable = ({ userFactors, itemFactors }: FittedFactorization): Float64Array =>
  products(userFactors.data, itemFactors.data);

/** The loss that the article plots: mean e² over the ratings + reg (‖P‖² + ‖Q‖²). It counts each norm once. */
function plottedLoss(fitted: FittedFactorization, R: Float64Array, mask: Float64Array): number {
  const errors = predictedTable(fitted).map((rating, at) => mask[at]! * (R[at]! - rating));
  const norms = squares(fitted.userFactors.data) + squares(fitted.itemFactors.data);
  return squares(errors) / sum(mask) + penalty * norms;
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0);
const squares = (values: ArrayLike<number>): number => sum(Array.from(values, (value) => value * value));

/** One order per epoch. Each is a shuffle of the order before it, because the article shuffles its list in place. */
function repeatedShuffles(random: NumpyRandom, count: number): Uint32Array[] {
  let order = Uint32Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: epochs }, () => {
    const previous = order;
    order = random.permutation(count).map((at) => previous[at]!);
    return order;
  });
}
