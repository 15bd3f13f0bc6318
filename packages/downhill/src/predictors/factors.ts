// Users u, items i, rank r. Parameters: a row per user, then a row per item: r factors, and with biases one bias more.
import { requireSize } from "../core/check.ts";
import { grid } from "../core/grid.ts";
import { withSpec } from "../core/spec.ts";
import { pairs, type Source } from "../kernels/rowBlocks.ts";
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

const BLOCK_BYTES = 262144; // of parameters in float64: half of a common second cache (measured)

/** Groups of a grid: at least 8, so that many threads find work, and up to 64, until a block's parameters stay in cache. */
function groupsOf(size: number): number {
  let groups = 8;
  while (groups < 64 && (8 * size) / groups > BLOCK_BYTES) groups *= 2;
  return groups;
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
    inputs: (user, item) => ({
      ...pairs(
        user.map((u) => u * width),
        item.map((i) => (users + i) * width),
      ),
      grid: (random) => grid(user, item, { lefts: users, rights: items, groups: groupsOf(size) }, random),
    }),
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
        sweep: ({ code, targets, weights, params, gradient, average, rows, batchRows, ...lists }) =>
          kernels.sweepPairs(
            code,
            inputs.address,
            targets.address,
            weights?.address ?? 0,
            rows.order?.byteOffset ?? 0,
            inputs.scratch,
            targets.scratch,
            weights?.scratch ?? 0,
            blockRows,
            scores,
            params.byteOffset,
            gradient.byteOffset,
            size,
            average?.byteOffset ?? 0,
            lists.rates.byteOffset,
            lists.fractions.byteOffset,
            lists.values.byteOffset,
            rows.from,
            rows.to,
            batchRows,
            mean,
            perRating,
            rank,
            biased,
          ),
      };
    },
  };
  return withSpec(predictor, { predictor: "factors", users, items, rank, mean, biases, perRating });
}
