// The metric of an empirical risk with linear scores and sparse rows: the second derivatives themselves, but no matrix.
import { type Vector, viewOf } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import { rowMaps } from "../../kernels/rowMaps.ts";
import { curvatures, timesWeights } from "../../losses/slopeChange.ts";
import type { Metric } from "../../optimizers/metric.ts";
import type { ColumnSquares } from "./columnSquares.ts";
import type { SpecParts } from "./hessian.ts";
import { bindSparseSystem } from "./sparseSystem.ts";

const NEGLIGIBLE = 1e-3; // of the largest curvature: rows with less are left out of a step
const LOSSES = ["halfSquared", "logistic", "squaredHinge"]; // each score has second derivatives of its own, with a bound

/** The metric of n sparse rows. Null with l1, without l2, and for other losses. A step costs a few passes over the rows. */
export function bindSparseMetric(arena: Arena, parts: SpecParts, n: number, squares: ColumnSquares): Metric | null {
  const { predictor, loss, X, y, w, l2, l1 } = parts;
  if (!LOSSES.includes(loss.spec.loss) || l1 > 0 || l2 === 0) return null;
  const { elementType, memory, bytes } = arena;
  const k = predictor.outputs;
  const d = predictor.inputColumns;
  const system = bindSparseSystem(arena, X, { n, d, l2, negligible: NEGLIGIBLE }, squares);
  const scores = arena.vector(n * k);
  const maps = rowMaps(arena, X, d);
  const all = new Float64Array(n * k);
  const q = k === 1 ? all : new Float64Array(n);
  const g = new Float64Array(d);
  const metric = {
    cost: 1,
    constant: loss.spec.loss === "halfSquared",
    measured: false,
    measure(params: Vector) {
      const at = params.byteOffset;
      maps.affine(X.address, at, at + k * d * bytes, scores.byteOffset, n, k);
      const targets = viewOf(elementType, memory.buffer, y.address, n * k);
      curvatures(loss.spec, { scores, targets, n }, all);
      if (w) timesWeights(viewOf(elementType, memory.buffer, w.address, n), k, all);
      metric.measured = true;
    },
    step(_: Vector, gradient: Vector): number {
      let fall = 0;
      for (let c = 0; c < k; c++) {
        const own = gradient.subarray(c * d, (c + 1) * d);
        if (k > 1) for (let i = 0; i < n; i++) q[i] = all[i * k + c]!;
        g.set(own);
        const slope = gradient[k * d + c]!;
        const intercept = system.solve(q, g, slope);
        for (let j = 0; j < d; j++) fall += own[j]! * g[j]!;
        fall += slope * intercept;
        own.set(g);
        gradient[k * d + c] = intercept;
      }
      return fall;
    },
  };
  return metric;
}
