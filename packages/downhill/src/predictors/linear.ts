// d features, k outputs. Parameters: W (k × d, row-major), b (k).
import { requireSize } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import { AFFINE_ROOM } from "../kernels/kernels.ts";
import type { Predictor } from "./predictor.ts";

const BLOCK_BYTES = 51200; // measured: the block is still in cache for the pullback, and calls do not yet cost

/** Rows of a block whose inputs have `d` columns: as many as stay in cache, from 16 to 256. */
export const blockRowsOf = (d: number): number =>
  Math.min(256, Math.max(16, Math.floor(BLOCK_BYTES / (8 * d) / 16) * 16));

/**
 * Linear scores: z_c = b_c + Σ_j W_cj x_j.
 *
 * The random start is a small normal (deviation 0.01) for W and 0 for b: the objectives over it are convex, so the
 * start decides nothing but the path.
 */
export function linear(d: number, k = 1): Predictor {
  requireSize("linear", "features", d);
  requireSize("linear", "outputs", k);
  const biases = k * d;
  const predictor: Predictor = {
    size: biases + k,
    inputColumns: d,
    outputs: k,
    weights: [[0, biases]],
    blockRows: blockRowsOf(d),
    work: biases + k,
    init(params, random) {
      for (let i = 0; i < biases; i++) params[i] = 0.01 * random.normal();
      params.fill(0, biases);
    },
    bind(arena, inputs, blockRows) {
      const { kernels, bytes } = arena;
      const scores = arena.room(blockRows * k * bytes);
      const room = arena.room(AFFINE_ROOM);
      let X = 0;
      let n = 0;
      return {
        scores,
        forward(params, rows) {
          X = inputs.at(rows);
          n = rows.to - rows.from;
          kernels.affine(X, params, params + biases * bytes, scores, n, d, k, room);
        },
        pullback(_, gradient) {
          kernels.affineBack(scores, X, gradient, gradient + biases * bytes, n, d, k, room);
          return 0;
        },
        sweep: ({ code, targets, weights, l2, l1, params, gradient, average, rows, batchRows, ...lists }) =>
          kernels.sweepLinear(
            code,
            inputs.address,
            targets.address,
            weights?.address ?? 0,
            rows.order?.byteOffset ?? 0,
            inputs.scratch,
            targets.scratch,
            weights?.scratch ?? 0,
            blockRows,
            room,
            scores,
            params.byteOffset,
            gradient.byteOffset,
            average?.byteOffset ?? 0,
            lists.rates.byteOffset,
            lists.fractions.byteOffset,
            lists.values.byteOffset,
            rows.from,
            rows.to,
            batchRows,
            d,
            k,
            l2,
            l1,
          ),
      };
    },
  };
  return withSpec(predictor, { predictor: "linear", features: d, outputs: k });
}
