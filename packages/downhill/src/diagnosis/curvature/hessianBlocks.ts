// The Hessian of linear scores as a matrix.
import { allocate } from "../../kernels/arena.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { type Scored, slopeChange, softmaxRows } from "../../losses/slopeChange.ts";
import type { LinearData } from "../../training/objective/objective.ts";

/**
 * A square block of the Hessian of linear scores. It is for the weights and the intercept of one output, d + 1 numbers; or, with
 * `outputs` null, for all parameters in their order.
 */
export interface HessianBlock {
  /** m × m numbers. */
  readonly matrix: Float64Array;
  readonly m: number;
  /** The outputs for which the Hessian has this block. */
  readonly outputs: readonly number[] | null;
}

const CHUNK = 128; // rows that are multiplied at a time

/**
 * The Hessian at the parameters, as blocks on its diagonal; all other entries are 0. Sums are float64 and have a fixed order.
 *
 * For crossEntropy the directions that add the same number to the scores of all classes are left out: they change no probability, and
 * training does not move along them. If all scores of each row are equal (as for parameters 0), the remaining Hessian has the
 * same block G / k + l2 in all k − 1 directions of the classes, with G of `gram`.
 */
export function hessianBlocks(data: LinearData, params: ArrayLike<number>, bind: BindKernels): HessianBlock[] {
  const { loss, d, k, l2 } = data;
  const m = d + 1;
  const outputs = Array.from({ length: k }, (_, c) => c);
  const block = (matrix: Float64Array, which: readonly number[]): HessianBlock => {
    for (let j = 0; j < d; j++) matrix[j * m + j]! += l2;
    return { matrix, m, outputs: which };
  };
  if (loss.loss === "halfSquared") return [block(gram(data, bind), outputs)];
  if (loss.loss !== "crossEntropy") {
    const matrices = sums(data, bind, k, 1, (from, rows, shares) => {
      slopeChange(loss, scoredRows(data, params, from, rows), shares.fill(1));
    });
    return matrices.map((matrix, c) => block(matrix, [c]));
  }
  if (!equalScores(data, params)) return [{ matrix: softmaxMatrix(data, params, bind), m: k * m, outputs: null }];
  return [
    block(
      gram(data, bind).map((entry) => entry / k),
      outputs,
    ),
  ];
}

/** G = Σ weight x̃ x̃ᵀ / n over one of `every` rows, with a 1 after the inputs in x̃: (d + 1)² numbers. */
export function gram(data: LinearData, bind: BindKernels, every = 1): Float64Array {
  const { weights } = data;
  const [G] = sums(data, bind, 1, every, (from, rows, shares) => {
    for (let i = 0; i < rows; i++) shares[i] = weights ? weights[(from + i) * every]! : 1;
  });
  return G!;
}

/** Whether the scores of each row are equal, because all classes have the same parameters. */
function equalScores({ d, k }: LinearData, params: ArrayLike<number>): boolean {
  for (let c = 1; c < k; c++) {
    for (let j = 0; j < d; j++) if (params[c * d + j] !== params[j]) return false;
    if (params[k * d + c] !== params[k * d]) return false;
  }
  return true;
}

/** Overwrites `shares` by the shares of some rows of a sample: rows × count numbers. */
type Fill = (from: number, rows: number, shares: Float64Array) => void;

/** The matrices Σ share x̃ x̃ᵀ / n, for `count` shares of each row, over one of `every` rows. */
function sums({ X, n, d }: LinearData, bind: BindKernels, count: number, every: number, fill: Fill): Float64Array[] {
  const sampled = Math.ceil(n / every);
  const m = d + 1;
  const shares = new Float64Array(CHUNK * count);
  return allocate(bind, "float64", (arena) => {
    const [rows, scaled] = [arena.vector(CHUNK * m), arena.vector(CHUNK * m)];
    const matrices = Array.from({ length: count }, () => arena.vector(m * m));
    const unused = arena.reserve(8 * m);
    const scratch = arena.affineScratch();
    return () => {
      for (let from = 0; from < sampled; from += CHUNK) {
        const size = Math.min(CHUNK, sampled - from);
        for (let i = 0, at = 0; i < size; i++) {
          for (let j = 0; j < d; j++, at++) rows[at] = X[(from + i) * every * d + j]!;
          rows[at++] = 1;
        }
        fill(from, size, shares);
        for (const [b, matrix] of matrices.entries()) {
          for (let i = 0; i < size; i++) {
            const share = shares[i * count + b]! / n;
            for (let j = i * m; j < (i + 1) * m; j++) scaled[j] = share * rows[j]!;
          }
          arena.kernels.affineBack(scaled.byteOffset, rows.byteOffset, matrix.byteOffset, unused, size, m, m, scratch);
        }
      }
      return matrices.map((matrix) => Float64Array.from(matrix));
    };
  })();
}

/** The scores, targets and weights of some rows. */
function scoredRows(data: LinearData, params: ArrayLike<number>, from: number, n: number): Scored {
  const { d, k, X } = data;
  const perRow = data.targets.length / data.n;
  const targets = data.targets.subarray(from * perRow, (from + n) * perRow);
  const weights = data.weights?.subarray(from, from + n) ?? null;
  const scores = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < k; c++) {
      let z = params[k * d + c]!;
      for (let j = 0; j < d; j++) z += params[c * d + j]! * X[(from + i) * d + j]!;
      scores[i * k + c] = z;
    }
  }
  return { scores, targets, weights, n };
}

/**
 * The Hessian of crossEntropy in the order of the parameters. Its block for the classes c and e is
 * Σ weight (p_c [c = e] − p_c p_e) x̃ x̃ᵀ / n + l2 ([c = e] − 1/k); the −1/k leaves out the directions that all classes share.
 */
function softmaxMatrix(data: LinearData, params: ArrayLike<number>, bind: BindKernels): Float64Array {
  const { d, k, l2 } = data;
  const m = d + 1;
  const size = k * m;
  const classes = Array.from({ length: k }, (_, c) => c);
  const pairs = classes.flatMap((e) => classes.slice(e).map((c) => [c, e] as const));
  const matrices = sums(data, bind, pairs.length, 1, (from, rows, shares) => {
    const p = new Float64Array(rows * k);
    const scored = scoredRows(data, params, from, rows);
    softmaxRows(scored, k, p);
    for (let i = 0, at = 0; i < rows; i++) {
      const weight = scored.weights ? scored.weights[i]! : 1;
      for (const [c, e] of pairs) shares[at++] = weight * p[i * k + c]! * ((c === e ? 1 : 0) - p[i * k + e]!);
    }
  });
  const index = (c: number, j: number): number => (j < d ? c * d + j : k * d + c);
  const matrix = new Float64Array(size * size);
  for (const [b, [c, e]] of pairs.entries()) {
    const penalty = l2 * ((c === e ? 1 : 0) - 1 / k);
    for (let j = 0; j < m; j++) {
      for (let l = 0; l < m; l++) {
        const value = matrices[b]![j * m + l]! + (j === l && j < d ? penalty : 0);
        matrix[index(c, j) * size + index(e, l)] = value;
        matrix[index(e, l) * size + index(c, j)] = value;
      }
    }
  }
  return matrix;
}
