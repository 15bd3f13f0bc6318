// The Hessian of linear scores as a matrix.
import { type Scored, slopeChange } from "../../losses/slopeChange.ts";
import type { LinearData } from "../../training/objective/objective.ts";

/**
 * A square block of the Hessian of linear scores. It is for the weights and the intercept of one output, d + 1 numbers; or, with
 * `outputs` null, for all parameters in their order.
 */
export interface HessianBlock {
  /** m × m numbers, of which the lower triangle is valid. */
  readonly matrix: Float64Array;
  readonly m: number;
  /** The outputs for which the Hessian has this block. */
  readonly outputs: readonly number[] | null;
}

const CHUNK = 256; // rows whose second derivatives are computed at a time

/**
 * The Hessian at the parameters, as blocks on its diagonal; all else is 0. Sums are float64 and have a fixed order.
 *
 * For crossEntropy the directions that change the scores of all classes alike are left out: they change no probability, and
 * training does not move along them. If all scores of each row are equal (as for parameters 0), the remaining Hessian has the
 * same block G/k + l2 in all k − 1 directions of the classes, with G = Σ weight x̃ x̃ᵀ / n.
 */
export function hessianBlocks(data: LinearData, params: ArrayLike<number>): HessianBlock[] {
  const { loss, d, k, l2 } = data;
  const m = d + 1;
  const outputs = Array.from({ length: k }, (_, c) => c);
  if (loss.loss === "crossEntropy" && !equalScores(data, params)) {
    return [{ matrix: softmaxMatrix(data, params), m: k * m, outputs: null }];
  }
  if (loss.loss === "halfSquared" || loss.loss === "crossEntropy") {
    const matrix = gram(data);
    if (loss.loss === "crossEntropy") for (let at = 0; at < matrix.length; at++) matrix[at]! /= k;
    return [{ matrix: withPenalty(matrix, m, l2), m, outputs }];
  }
  const matrices = outputs.map(() => new Float64Array(m * m));
  eachChunk(data, params, (scored) => {
    const t = new Float64Array(CHUNK * k).fill(1);
    slopeChange(loss, scored, t);
    for (let i = 0; i < scored.n; i++) {
      for (let c = 0; c < k; c++) addRow(matrices[c]!, data, scored.from + i, t[i * k + c]!);
    }
  });
  return outputs.map((c) => ({ matrix: withPenalty(matrices[c]!, m, l2), m, outputs: [c] }));
}

/** G = Σ weight x̃ x̃ᵀ / n, with a 1 after the inputs in x̃; (d + 1)² numbers, of which the lower triangle is valid. */
export function gram(data: LinearData): Float64Array {
  const matrix = new Float64Array((data.d + 1) * (data.d + 1));
  for (let i = 0; i < data.n; i++) addRow(matrix, data, i, data.weights ? data.weights[i]! : 1);
  return matrix;
}

/** Whether the scores of each row are equal, because all classes have the same parameters. */
function equalScores({ d, k }: LinearData, params: ArrayLike<number>): boolean {
  for (let c = 1; c < k; c++) {
    for (let j = 0; j < d; j++) if (params[c * d + j] !== params[j]) return false;
    if (params[k * d + c] !== params[k * d]) return false;
  }
  return true;
}

/** The lower triangle += share / n · x̃ x̃ᵀ for row i. */
function addRow(matrix: Float64Array, { X, n, d }: LinearData, i: number, share: number): void {
  if (share === 0) return;
  const row = i * d;
  const m = d + 1;
  for (let j = 0; j <= d; j++) {
    const x = j < d ? X[row + j]! : 1;
    if (x === 0) continue;
    const times = (share / n) * x;
    const end = Math.min(j + 1, d);
    for (let l = 0; l < end; l++) matrix[j * m + l]! += times * X[row + l]!;
    if (j === d) matrix[j * m + d]! += times;
  }
}

function withPenalty(matrix: Float64Array, m: number, l2: number): Float64Array {
  for (let j = 0; j < m - 1; j++) matrix[j * m + j]! += l2;
  return matrix;
}

/** Calls `visit` with the scores of each chunk of rows. */
function eachChunk(data: LinearData, params: ArrayLike<number>, visit: (scored: Scored) => void): void {
  const { n, d, k, X, targets, weights } = data;
  const scores = new Float64Array(CHUNK * k);
  const probabilities = new Float64Array(k);
  for (let from = 0; from < n; from += CHUNK) {
    const rows = Math.min(CHUNK, n - from);
    for (let i = 0; i < rows; i++) {
      for (let c = 0; c < k; c++) {
        let z = params[k * d + c]!;
        for (let j = 0; j < d; j++) z += params[c * d + j]! * X[(from + i) * d + j]!;
        scores[i * k + c] = z;
      }
    }
    visit({ scores, targets, weights, from, n: rows, probabilities });
  }
}

/** The Hessian of crossEntropy in the order of the parameters. Its block for two classes is Σ weight (p_c [c = e] − p_c p_e) x̃ x̃ᵀ / n. */
function softmaxMatrix(data: LinearData, params: ArrayLike<number>): Float64Array {
  const { loss, d, k, l2 } = data;
  const m = d + 1;
  const P = k * m;
  const blocks = Array.from({ length: k * k }, () => new Float64Array(m * m)); // those of c ≥ e are used
  eachChunk(data, params, (scored) => {
    for (let e = 0; e < k; e++) {
      const t = new Float64Array(CHUNK * k);
      for (let i = 0; i < scored.n; i++) t[i * k + e] = 1;
      slopeChange(loss, scored, t);
      for (let i = 0; i < scored.n; i++) {
        for (let c = e; c < k; c++) addRow(blocks[c * k + e]!, data, scored.from + i, t[i * k + c]!);
      }
    }
  });
  const index = (c: number, j: number): number => (j < d ? c * d + j : k * d + c);
  const matrix = new Float64Array(P * P);
  for (let c = 0; c < k; c++) {
    for (let e = 0; e <= c; e++) {
      for (let j = 0; j < m; j++) {
        for (let l = 0; l < m; l++) {
          // The penalty is left out in the directions that all classes share.
          const penalty = j === l && j < d ? l2 * ((c === e ? 1 : 0) - 1 / k) : 0;
          const [row, column] = [index(c, j), index(e, l)];
          const value = blocks[c * k + e]![j >= l ? j * m + l : l * m + j]! + penalty;
          matrix[row * P + column] = value;
          matrix[column * P + row] = value;
        }
      }
    }
  }
  return matrix;
}
