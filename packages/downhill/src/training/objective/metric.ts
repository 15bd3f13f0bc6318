// The metric of an empirical risk with linear scores: about the second derivatives, as one matrix per output.
import { factorize, solveFactorized } from "../../core/cholesky.ts";
import type { Vector } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { Metric } from "../../optimizers/metric.ts";
import type { ColumnSquares } from "./columnSquares.ts";
import { bindGrams } from "./grams.ts";
import type { SpecParts } from "./hessian.ts";
import { lowestWithL1 } from "./lowestWithL1.ts";
import { bindSparseMetric } from "./sparseMetric.ts";

const MAX_NUMBERS = 1 << 20; // of all matrices: 8 MiB
/** Added to the diagonal, as a share of its largest entry, so that the matrix has an inverse. */
const RIDGE = { float64: 1e-10, float32: 1e-6 };
const RIDGE_WITH_L1 = { float64: 1e-12, float32: 1e-6 }; // less, because it moves the minimum that a step leads to
const UNEVEN = 1e5; // but at most this times the same share of the entry itself, because columns may have very different sizes
const SMALLEST = 1e-9; // of P⁻¹ H: parameters and means of poisson may have changed since P was computed
const SMALLEST_OF_CLASSES = 1e-5; // the same for losses of classes, whose second derivatives have a bound
const REGULAR = 1e-8; // nothing is added to a matrix whose columns differ from combinations of others by this share of their squares

/**
 * The metric of a risk of n rows: for each output c the matrix Σ_i wᵢ hᵢ x̃ᵢ x̃ᵢᵀ / n + l2 I, where x̃ is a row and a 1 and hᵢ the
 * second derivative of the loss with respect to score c. The outputs of crossEntropy share one matrix if there are too many
 * numbers otherwise. Null if even one matrix is too large. Sparse rows have a metric of their own (sparseMetric.ts).
 *
 * For crossEntropy, adding the same vector to all classes changes no probability. So the mean of the classes is solved apart:
 * its only curvature is l2.
 *
 * With l1 the parameters of each output are optimised apart, by `lowestWithL1`. Those of crossEntropy are optimised together, with all
 * second derivatives in one matrix: without those of two classes, the steps saved no evaluations. Null if it is too large.
 */
export function bindMetric(arena: Arena, parts: SpecParts, n: number, squares: ColumnSquares): Metric | null {
  const { predictor, loss, l2, l1 } = parts;
  const k = predictor.outputs;
  const d = predictor.inputColumns;
  const p = d + 1;
  const isConstant = loss.spec.loss === "halfSquared";
  const isSoftmax = loss.spec.loss === "crossEntropy";
  const together = isSoftmax && l1 > 0 ? k : 1; // outputs of a matrix
  const size = together * p;
  if (parts.X.entries) return bindSparseMetric(arena, parts, n, squares);
  if (size * size > MAX_NUMBERS) return null;
  const count = isConstant || together > 1 || k * p * p > MAX_NUMBERS ? 1 : k;
  const grams = bindGrams(arena, parts, n, together > 1 ? "pairs" : count, squares);
  const isOfClasses = isSoftmax || loss.spec.loss === "logistic" || loss.spec.loss === "squaredHinge";
  const centered = isSoftmax && l1 === 0;
  const ridge = RIDGE[arena.elementType];
  const matrices = Array.from({ length: count }, () => new Float64Array(size * size));
  const block = new Float64Array(p * p);
  const g = new Float64Array(size);
  const w = new Float64Array(size);
  const mean = new Float64Array(p);
  let measured = false;

  // In evaluations, as measured. A step with l1 takes as long as 60 size / n, but converges in a few steps.
  const work = 1 + grams.cost + (l1 > 0 ? 0 : (count * p * p) / (2 * n * k));
  const slower = l1 > 0 ? 1 : 1 + (6 * p) / n; // the ratio of the times of an update with and without the metric

  /** The index of entry j of the outputs from c on. */
  const indexOf = (c: number, j: number): number =>
    j % p < d ? (c + Math.floor(j / p)) * d + (j % p) : k * d + c + Math.floor(j / p);
  const read = (v: Vector, c: number, out: Float64Array): void => {
    for (let j = 0; j < size; j++) out[j] = v[indexOf(c, j)]!;
  };

  /** Writes a matrix, with `share` of its largest entry added to the diagonal. */
  function write(c: number, share: number): void {
    const P = matrices[c]!;
    for (let a = 0, at = c; a < together; a++) {
      for (let b = a; b < together; b++, at++) {
        grams.write(at, block);
        for (let j = 0; j < p; j++) {
          for (let l = 0; l < p; l++) {
            P[(a * p + j) * size + b * p + l] = block[j * p + l]!;
            P[(b * p + l) * size + a * p + j] = block[j * p + l]!;
          }
        }
      }
    }
    if (together > 1) {
      // The same change of all intercepts has no curvature. With some, P has an inverse, and a step does not change their mean.
      for (let a = d; a < size; a += p) for (let b = d; b < size; b += p) P[a * size + b]! += 1 / k;
    }
    let largest = 0;
    for (let j = 0; j < size; j++) {
      if (j % p < d) P[j * size + j]! += l2;
      largest = Math.max(largest, P[j * size + j]!);
    }
    for (let j = 0; j < size; j++) {
      const entry = P[j * size + j]!;
      P[j * size + j] = entry + Math.min(share * largest, UNEVEN * share * entry) || 1; // 1 for a column of zeros
    }
  }

  return {
    cost: work * slower * slower,
    constant: isConstant,
    get measured() {
      return measured;
    },
    measure(params) {
      grams.measure(params);
      for (let c = 0; c < count; c++) {
        let share = l1 > 0 ? RIDGE_WITH_L1[arena.elementType] : 0;
        write(c, share);
        while (l1 === 0 && !factorize(matrices[c]!, p, share === 0 ? REGULAR : undefined)) {
          share = share === 0 ? ridge : 100 * share;
          write(c, share);
        }
      }
      measured = true;
    },
    inverse: {
      smallest: isOfClasses ? SMALLEST_OF_CLASSES : SMALLEST,
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
    },
    ...(l1 > 0 && {
      step(params: Vector, gradient: Vector): number {
        let decrease = 0;
        for (let c = 0; c < k; c += together) {
          read(gradient, c, g);
          read(params, c, w);
          const z = w.slice();
          decrease += lowestWithL1(matrices[c % count]!, g, w, l1, z, p);
          for (let j = 0; j < size; j++) gradient[indexOf(c, j)] = w[j]! - z[j]!;
        }
        return decrease;
      },
    }),
  };
}
