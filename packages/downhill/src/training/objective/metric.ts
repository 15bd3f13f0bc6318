// The metric of an empirical risk with linear scores: about the second derivatives, as one matrix per output.
import { factorize, solveFactorized } from "../../core/cholesky.ts";
import type { Vector } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { Metric } from "../../optimizers/metric.ts";
import { bindGrams } from "./grams.ts";
import type { SpecParts } from "./hessian.ts";
import { lowestWithL1 } from "./lowestWithL1.ts";

const MAX_NUMBERS = 1 << 20; // of all matrices: 8 MiB
/** Added to the diagonal, as a share of its largest entry, so that the matrix has an inverse. */
const RIDGE = { float64: 1e-10, float32: 1e-6 };
const UNEVEN = 1e5; // but at most this times the same share of the entry itself, because columns may have very different sizes
const SMALLEST = 1e-9; // of P⁻¹ H: parameters and means of poisson may have changed since P was computed
const SMALLEST_OF_CLASSES = 1e-5; // the same for losses of classes, whose second derivatives have a bound
const REGULAR = 1e-8; // nothing is added to a matrix whose columns differ from combinations of others by this share of their squares

/**
 * The metric of a risk of n rows: for each output c the matrix Σ_i wᵢ hᵢ x̃ᵢ x̃ᵢᵀ / n + l2 I, where x̃ is a row and a 1 and hᵢ the
 * second derivative of the loss with respect to score c. The outputs of crossEntropy share one matrix if there are too many
 * numbers otherwise. Null if even one matrix is too large.
 *
 * For crossEntropy, adding the same vector to all classes changes no probability. So the mean of the classes is solved apart:
 * its only curvature is l2.
 *
 * With l1 the parameters of each output are optimised apart, by `lowestWithL1`.
 */
export function bindMetric(arena: Arena, parts: SpecParts, n: number): Metric | null {
  const { predictor, loss, l2, l1 } = parts;
  const k = predictor.outputs;
  const d = predictor.inputColumns;
  const p = d + 1;
  const isConstant = loss.spec.loss === "halfSquared";
  if (p * p > MAX_NUMBERS) return null;
  const count = isConstant || k * p * p > MAX_NUMBERS ? 1 : k;
  const grams = bindGrams(arena, parts, n, count);
  const isOfClasses = ["logistic", "crossEntropy", "squaredHinge"].includes(loss.spec.loss);
  const centered = loss.spec.loss === "crossEntropy" && l1 === 0;
  const ridge = RIDGE[arena.elementType];
  const matrices = Array.from({ length: count }, () => new Float64Array(p * p));
  const g = new Float64Array(p);
  const w = new Float64Array(p);
  const mean = new Float64Array(p);
  let measured = false;

  const work = 1 + grams.cost + (l1 > 0 ? 0 : (count * p * p) / (2 * n * k)); // in evaluations, as measured
  const slower = 1 + ((l1 > 0 ? 60 : 6) * p) / n; // the ratio of the times of an update with and without the metric, as measured

  const indexOf = (c: number, j: number): number => (j < d ? c * d + j : k * d + c);
  const read = (v: Vector, c: number, out: Float64Array): void => {
    for (let j = 0; j < p; j++) out[j] = v[indexOf(c, j)]!;
  };

  /** Writes a matrix, with `share` of its largest entry added to the diagonal. */
  function write(c: number, share: number): void {
    const P = matrices[c]!;
    grams.write(c, P);
    let largest = 0;
    for (let j = 0; j < p; j++) {
      if (j < d) P[j * p + j]! += l2;
      largest = Math.max(largest, P[j * p + j]!);
    }
    for (let j = 0; j < p; j++) {
      const entry = P[j * p + j]!;
      P[j * p + j] = entry + Math.min(share * largest, UNEVEN * share * entry) || 1; // 1 for a column of zeros
    }
  }

  return {
    cost: work * slower * slower,
    constant: isConstant,
    smallest: isOfClasses ? SMALLEST_OF_CLASSES : SMALLEST,
    get measured() {
      return measured;
    },
    measure(params) {
      grams.measure(params);
      for (let c = 0; c < count; c++) {
        let share = l1 > 0 ? ridge : 0;
        write(c, share);
        while (l1 === 0 && !factorize(matrices[c]!, p, share === 0 ? REGULAR : undefined)) {
          share = share === 0 ? ridge : 100 * share;
          write(c, share);
        }
      }
      measured = true;
    },
    solve(v) {
      if (centered) {
        mean.fill(0);
        for (let c = 0; c < k; c++) for (let j = 0; j < p; j++) mean[j]! += v[indexOf(c, j)]! / k;
      }
      for (let c = 0; c < k; c++) {
        read(v, c, g);
        if (centered) for (let j = 0; j < p; j++) g[j]! -= mean[j]!;
        solveFactorized(matrices[c % count]!, g);
        for (let j = 0; j < p; j++) v[indexOf(c, j)] = g[j]!;
      }
      if (!centered) return;
      for (let j = 0; j < p; j++) {
        let sum = 0;
        for (let c = 0; c < k; c++) sum += v[indexOf(c, j)]!;
        const shift = (j < d && l2 > 0 ? mean[j]! / l2 : 0) - sum / k;
        for (let c = 0; c < k; c++) v[indexOf(c, j)]! += shift;
      }
    },
    ...(l1 > 0 && {
      proximalStep(params: Vector, gradient: Vector): number {
        let decrease = 0;
        for (let c = 0; c < k; c++) {
          read(gradient, c, g);
          read(params, c, w);
          const z = w.slice();
          decrease += lowestWithL1(matrices[c % count]!, g, w, l1, z);
          for (let j = 0; j < p; j++) gradient[indexOf(c, j)] = w[j]! - z[j]!;
        }
        return decrease;
      },
    }),
  };
}
