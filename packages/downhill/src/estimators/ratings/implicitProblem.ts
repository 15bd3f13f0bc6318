// The objectives of implicit feedback: a pair of a user and an item is a positive example, and negative items are drawn for it.
import { type Lists, listAt } from "../../core/lists.ts";
import { random } from "../../core/random.ts";
import { column, type Source } from "../../kernels/source.ts";
import { crossEntropy } from "../../losses/crossEntropy.ts";
import { logistic } from "../../losses/logistic.ts";
import { type FactorsOptions, factors } from "../../predictors/factors.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { risk } from "../../training/objective/risk.ts";
import { drawOutside } from "./negatives.ts";

/** The losses of implicit feedback. */
export type ImplicitLoss = "bpr" | "logistic";

/** Positive pairs, and how negative items are drawn for them. */
export interface ImplicitData {
  /** The numbers of users and of items, and the rank. */
  readonly shape: readonly [users: number, items: number, rank: number];
  readonly predictor: FactorsOptions;
  readonly loss: ImplicitLoss;
  /** The positive pairs. */
  readonly user: Uint32Array;
  readonly item: Uint32Array;
  /** For each user the items that are never drawn, in ascending order. */
  readonly positives: Lists;
  /** The number of negative items for each positive pair. */
  readonly negatives: number;
  readonly seed: number;
  /** The name of the stream of random numbers. */
  readonly stream: string;
  /** Whether each epoch draws new negative items. */
  readonly redraw: boolean;
}

/**
 * "bpr": each positive pair (u, i) and each of its negative items j is an example with the loss ln(1 + e^−(z_ui − z_uj)).
 *
 * "logistic": each positive pair is an example with the loss ln(1 + e^−z_ui), and each of its negative items one with the loss
 * ln(1 + e^z_uj).
 *
 * The objective is the mean over the examples, and the penalty l2/2 (‖p_u‖² + ‖q_i‖² + biases²) is added for every pair of an
 * example; an example of "bpr" has two pairs. The negative items are a function of the seed and the epoch.
 *
 * Source: Rendle et al., “BPR: Bayesian Personalized Ranking from Implicit Feedback”, 2009.
 */
export function implicitProblem(data: ImplicitData): Problem {
  const { shape, loss, user, item, negatives } = data;
  const isBpr = loss === "bpr";
  const predictor = factors(...shape, { ...data.predictor, itemsPerExample: isBpr ? 2 : 1 });
  const perPositive = isBpr ? negatives : 1 + negatives; // examples of a positive pair
  const examples = user.length * perPositive;
  const users = Uint32Array.from({ length: examples }, (_, at) => user[Math.floor(at / perPositive)]!);
  const items = new Uint32Array(examples * predictor.outputs);
  for (let at = 0, pair = 0; pair < user.length; pair++) {
    for (let example = 0; example < perPositive; example++, at += predictor.outputs) items[at] = item[pair]!;
  }
  // An example of "bpr" has the positive and the negative item; with "logistic" the first example of a pair is the positive one.
  const isNegative = (at: number): boolean => (isBpr ? at % 2 === 1 : at % perPositive > 0);
  const pairsPerPositive = perPositive * predictor.outputs;
  const draw = (epoch: number, write: (at: number, item: number) => void): void => {
    const stream = random(data.seed).fork(data.stream).fork(epoch);
    for (let at = 0; at < items.length; at++) {
      if (!isNegative(at)) continue;
      write(at, drawOutside(listAt(data.positives, user[Math.floor(at / pairsPerPositive)]!), shape[1], stream));
    }
  };
  draw(0, (at, drawn) => {
    items[at] = drawn;
  });
  const fixed = predictor.inputs(users, items);
  const inputs: Source = {
    rows: fixed.rows,
    columns: fixed.columns,
    store: fixed.store,
    ...(data.redraw && {
      redraw: (epoch: number, stored: Uint32Array) =>
        draw(epoch, (at, drawn) => {
          stored[2 * at + 1] = (shape[0] + drawn) * predictor.width;
        }),
    }),
  };
  const targets = new Float64Array(examples);
  if (!isBpr) for (let at = 0; at < examples; at++) targets[at] = at % perPositive === 0 ? 1 : -1;
  return risk({ predictor, loss: isBpr ? crossEntropy(2) : logistic(), inputs, targets: column(targets) });
}
