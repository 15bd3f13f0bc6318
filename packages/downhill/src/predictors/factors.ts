// Users u, items i, rank r. Parameters: a row per user, then a row per item: r factors, and with biases one bias more.
import { requireSize } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import { pairs, type Source } from "../kernels/resident.ts";
import type { Predictor } from "./predictor.ts";

export interface FactorsOptions {
  /** Fixed, not trained: the score of a pair of which nothing is known. */
  readonly mean?: number;
  /** One number per user and per item beside the factors. */
  readonly biases?: boolean;
  /** l2 / 2 · (‖p_u‖² + ‖q_i‖² + biases²) is added for every observed rating. */
  readonly perRating?: number;
}

export interface Factors extends Predictor {
  /** Entries of a row: the rank, and one more with biases. */
  readonly width: number;
  /** The pairs (user, item) as inputs: where their rows of parameters begin. */
  inputs(user: Uint32Array, item: Uint32Array): Source;
}

/**
 * Matrix factorization: z = mean + p_u · q_i, with biases + bu_u + bi_i, for a pair (u, i).
 *
 * The random start is normal with deviation 0.1 for the factors and 0 for the biases.
 */
export function factors(users: number, items: number, rank: number, options: FactorsOptions = {}): Factors {
  const { mean = 0, biases = false, perRating = 0 } = options;
  requireSize("factors", "users", users);
  requireSize("factors", "items", items);
  requireSize("factors", "rank", rank);
  const biased = biases ? 1 : 0;
  const width = rank + biased;
  const size = (users + items) * width;
  const predictor: Factors = {
    size,
    inputColumns: 2,
    outputs: 1,
    weights: [[0, size]],
    blockRows: 256,
    work: 2 * width,
    width,
    inputs: (user, item) =>
      pairs(
        user.map((u) => u * width),
        item.map((i) => (users + i) * width),
      ),
    init(params, random) {
      for (let row = 0; row < size; row += width) {
        for (let f = 0; f < rank; f++) params[row + f] = 0.1 * random.normal();
        if (biases) params[row + rank] = 0;
      }
    },
    bind(arena, inputs, blockRows) {
      const { kernels, bytes } = arena;
      const scores = arena.room(blockRows * bytes);
      let block = 0;
      let n = 0;
      return {
        scores,
        forward(params, rows) {
          block = inputs.at(rows);
          n = rows.to - rows.from;
          kernels.pairDots(block, params, mean, scores, n, rank, biased);
        },
        pullback(params, gradient) {
          return 0.5 * perRating * kernels.pairBack(block, scores, params, gradient, perRating, n, rank, biased);
        },
        touched: (rows) => ({ starts: inputs.at(rows), count: 2 * (rows.to - rows.from), width }),
      };
    },
  };
  return withSpec(predictor, { predictor: "factors", users, items, rank, mean, biases, perRating });
}
