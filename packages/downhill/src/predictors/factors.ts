// Users u, items i, rank r. Parameters: one row per user, then one row per item; a row is r factors, and one bias more
// with biases.
import { requireNonNegative, requirePositive, requireSize } from "../core/check.ts";
import { grid } from "../core/grid.ts";
import { withSpec } from "../core/spec.ts";
import type { Arena } from "../kernels/arena.ts";
import type { Address } from "../kernels/kernels.ts";
import { pairs, type Source } from "../kernels/source.ts";
import * as field from "../kernels/sweepLayout.ts";
import { bindFactorsTangent } from "./factorsTangent.ts";
import type { Predictor } from "./predictor.ts";
import { writeCallFields, writeRunFields } from "./sweepFields.ts";

/** Options of `factors`. */
export interface FactorsOptions {
  /** A constant that is added to every score, and is not trained [0]. */
  readonly mean?: number;
  /** Whether each user and each item has a bias beside its factors [false]. */
  readonly biases?: boolean;
  /** The penalty: l2 / 2 · (‖p_u‖² + ‖q_i‖² + biases²) is added for every pair in the data [0]. */
  readonly perRating?: number;
  /** Numbers ≥ 0 that multiply the penalty of each term [all 1]. */
  readonly l2Terms?: Terms;
  /** Numbers > 0 that multiply the learning rate of each term, in plain updates on batches of at most 256 examples [all 1]. */
  readonly rateTerms?: Terms;
  /** Items per example; each has a score [1]. */
  readonly itemsPerExample?: number;
}

/** A number for each kind of parameter. */
export interface Terms {
  /** The factors of the users. */
  readonly userFactors: number;
  /** The factors of the items. */
  readonly itemFactors: number;
  /** The biases of the users. */
  readonly userBiases: number;
  /** The biases of the items. */
  readonly itemBiases: number;
}

/** The names of the terms, in the order of the kernels. */
export const termNames = ["userFactors", "itemFactors", "userBiases", "itemBiases"] as const;

export interface Factors extends Predictor {
  /** Numbers in a row of parameters: the rank, and one more with biases. */
  readonly width: number;
  /**
   * The pairs (user, item) as inputs: the indices at which their rows of parameters begin. With several items per example, `item` has
   * those of the first example, then those of the second, and so on.
   */
  inputs(user: Uint32Array, item: Uint32Array): Source;
}

const BLOCK_BYTES = 262144; // the parameters of a block in float64 fill half of a common second-level cache (measured)

/** The number of groups of a grid: enough that a block's parameters fit the cache, at least 8 for many threads, at most 64. */
function groupsOf(size: number): number {
  let groups = 8;
  while (groups < 64 && (8 * size) / groups > BLOCK_BYTES) groups *= 2;
  return groups;
}

/**
 * Matrix factorization: z = mean + p_u · q_i (+ b_u + b_i with biases), for a pair of a user u and an item i.
 *
 * With several items per example there is a score for each: with 2 items and the loss `crossEntropy(2)`, whose target is 0, the
 * loss of an example is ln(1 + e^−(z₁ − z₂)), which is that of Bayesian personalized ranking (BPR).
 *
 * The random start is normal with deviation 0.1 for the factors, and 0 for the biases.
 *
 * @param users  number of users; they are 0 … users − 1
 * @param items  number of items; they are 0 … items − 1
 * @param rank  factors per user and per item
 * @throws RangeError when users, items or rank is not a whole number of at least 1
 *
 * Source: Rendle et al., “BPR: Bayesian Personalized Ranking from Implicit Feedback”, 2009.
 *
 * @example
 * ```ts
 * import { column, factors, halfSquared, plain, risk, train } from "downhill";
 *
 * const predictor = factors(2, 2, 1, { biases: true });
 * const inputs = predictor.inputs(Uint32Array.of(0, 0, 1), Uint32Array.of(0, 1, 1));
 * const targets = column(Float64Array.of(1, -1, 0.5));
 * const problem = risk({ predictor, loss: halfSquared(), inputs, targets });
 * const steps = [...train(problem, plain(0.5), { start: "random", epochs: 200 })];
 * steps.at(-1)!.objective() < 1e-6; // true
 * ```
 */
export function factors(users: number, items: number, rank: number, options: FactorsOptions = {}): Factors {
  const { mean = 0, biases = false, perRating = 0, l2Terms, rateTerms, itemsPerExample: k = 1 } = options;
  requireSize("factors", "users", users);
  requireSize("factors", "items", items);
  requireSize("factors", "rank", rank);
  requireSize("factors", "itemsPerExample", k);
  for (const name of termNames) {
    if (l2Terms) requireNonNegative("factors", `l2Terms.${name}`, l2Terms[name]);
    if (rateTerms) requirePositive("factors", `rateTerms.${name}`, rateTerms[name]);
  }
  const biased = biases ? 1 : 0;
  const width = rank + biased;
  const size = (users + items) * width;
  const predictor: Factors = {
    size,
    inputColumns: 2 * k,
    outputs: k,
    weights: [[0, size]],
    blockRows: 256,
    work: 2 * width * k,
    width,
    inputs(user, item) {
      const left = new Uint32Array(item.length);
      for (let at = 0; at < item.length; at++) left[at] = user[Math.floor(at / k)]! * width;
      const source = pairs(
        left,
        item.map((i) => (users + i) * width),
        k,
      );
      if (k > 1) return source;
      return {
        ...source,
        grid: (random) => grid(user, item, { lefts: users, rights: items, groups: groupsOf(size) }, random),
      };
    },
    init(params, random) {
      for (let row = 0; row < size; row += width) {
        for (let f = 0; f < rank; f++) params[row + f] = 0.1 * random.normal();
        if (biases) params[row + rank] = 0;
      }
    },
    bind(arena, inputs, blockRows) {
      const { kernels, bytes } = arena;
      const scores = arena.reserve(blockRows * k * bytes);
      const l2s = storedTerms(arena, l2Terms);
      const rates = storedTerms(arena, rateTerms);
      let block = 0;
      let n = 0;
      return {
        scores,
        forward(params, rows) {
          block = inputs.at(rows);
          n = (rows.to - rows.from) * k;
          kernels.pairDots(block, params, mean, scores, n, rank, biased);
        },
        pullback(params, gradient) {
          return 0.5 * perRating * kernels.pairBack(block, scores, params, gradient, perRating, n, rank, biased, l2s);
        },
        touched: (rows) => ({ starts: inputs.at(rows), count: 2 * (rows.to - rows.from) * k, width, rateTerms: rates }),
        ...(rates !== 0 && { needsSparse: true }),
        bindTangent: () =>
          bindFactorsTangent(arena, inputs, { rank, biased, perRating, l2s, scores, perRow: k, blockRows }),
        bindSweep(risk) {
          const sweep = arena.doubles(field.length);
          writeRunFields(sweep, inputs, blockRows, risk);
          sweep[field.scores] = scores;
          sweep[field.l2] = perRating;
          sweep[field.rank] = rank;
          sweep[field.biased] = biased;
          sweep[field.mean] = mean;
          sweep[field.outputs] = k;
          sweep[field.l2Terms] = l2s;
          sweep[field.rateTerms] = rates;
          return (updates) => {
            writeCallFields(sweep, updates);
            return kernels.sweepPairs(sweep.byteOffset);
          };
        },
      };
    },
  };
  const more = { ...(l2Terms && { l2Terms }), ...(rateTerms && { rateTerms }), ...(k > 1 && { itemsPerExample: k }) };
  return withSpec(predictor, { predictor: "factors", users, items, rank, mean, biases, perRating, ...more });

  /** The address of the terms in the arena; 0 if there are none. Without biases the last factor has the term of the factors. */
  function storedTerms(arena: Arena, terms: Terms | undefined): Address {
    if (terms === undefined) return 0;
    const { userFactors, itemFactors, userBiases, itemBiases } = terms;
    const ofBiases = biases ? [userBiases, itemBiases] : [userFactors, itemFactors];
    const numbers = arena.doubles(4, (view) => view.set([userFactors, itemFactors, ...ofBiases]));
    return numbers.byteOffset;
  }
}
