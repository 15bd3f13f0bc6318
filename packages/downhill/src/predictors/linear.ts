// d features, k outputs. Parameters: W (k × d, row-major), b (k).
import { requireSize } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import { rowMaps } from "../kernels/rowMaps.ts";
import * as field from "../kernels/sweepLayout.ts";
import type { Predictor } from "./predictor.ts";
import { writeCallFields, writeRunFields } from "./sweepFields.ts";

const BLOCK_BYTES = 51200; // measured: the block stays in the cache until the pullback, and few calls are needed

/** The number of rows of a block whose inputs have `d` columns: from 16 to 256, so that the block stays in the cache. */
export const blockRowsOf = (d: number): number =>
  Math.min(256, Math.max(16, Math.floor(BLOCK_BYTES / (8 * d) / 16) * 16));

/**
 * Linear scores: z_c = b_c + Σ_j W_cj x_j.
 *
 * The random start is a small normal (deviation 0.01) for W and 0 for b: the objectives are convex, so the start only
 * decides the path.
 *
 * @param d  features: numbers per example in the inputs
 * @param k  outputs: scores per example [1]
 * @throws RangeError when d or k is not a whole number of at least 1
 *
 * @example
 * ```ts
 * import { linear } from "downhill";
 *
 * linear(4, 3).size; // 15
 * ```
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
      const scores = arena.reserve(blockRows * k * bytes);
      const maps = rowMaps(arena, inputs, d);
      const scratch = arena.affineScratch();
      let X = 0;
      let n = 0;
      return {
        scores,
        forward(params, rows) {
          X = inputs.at(rows);
          n = rows.to - rows.from;
          maps.affine(X, params, params + biases * bytes, scores, n, k);
        },
        ...(k === 1 &&
          !inputs.entries && {
            addLogistic: (params, rows, Y, w, gradient) =>
              kernels.logisticRows(inputs.at(rows), params, scores, Y, w, gradient, rows.to - rows.from, d, scratch),
          }),
        pullback(_, gradient) {
          maps.affineBack(scores, X, gradient, gradient + biases * bytes, n, k);
          return 0;
        },
        bindTangent() {
          const along = predictor.bind(arena, inputs, blockRows);
          return {
            scores: along.scores,
            linear: true,
            forward: (_, v, rows) => along.forward(v, rows),
            pullback: (_, v, out) => void along.pullback(v, out),
          };
        },
        bindSweep(risk) {
          const sweep = arena.doubles(field.length);
          writeRunFields(sweep, inputs, blockRows, risk);
          sweep[field.affineScratch] = scratch;
          sweep[field.scores] = scores;
          sweep[field.features] = d;
          sweep[field.outputs] = k;
          sweep[field.l2] = risk.l2;
          sweep[field.l1] = risk.l1;
          return (updates) => {
            writeCallFields(sweep, updates);
            return inputs.entries ? kernels.sweepSparse(sweep.byteOffset) : kernels.sweepLinear(sweep.byteOffset);
          };
        },
      };
    },
  };
  return withSpec(predictor, { predictor: "linear", features: d, outputs: k });
}
