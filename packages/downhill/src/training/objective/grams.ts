// Weighted Gram matrices Σ qᵢ x̃ᵢ x̃ᵢᵀ / n of the rows x̃ = [x, 1], with the second derivatives of the losses as weights.
import { type Vector, viewOf } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { Address } from "../../kernels/kernels.ts";
import { curvatures, largestCurvature, softmaxRows } from "../../losses/slopeChange.ts";
import type { ColumnSquares } from "./columnSquares.ts";
import type { SpecParts } from "./hessian.ts";

const LOWEST = 1e-3; // a second derivative is at least this share of the largest: a row without curvature may have some after a step
const ROWS = 2048; // the smallest number of rows in a sample
const ROWS_PER_COLUMN = 16; // and per column, so that its matrix is near that of all rows
const RARE = 1e-2; // a column is rare if its squares in the sample are below this share of those in all rows

/** The matrices of a risk. */
export interface Grams {
  /** The number of evaluations of the objective that take about as long as `measure`. */
  readonly cost: number;
  /** Computes the matrices at these parameters. */
  measure(params: Vector): void;
  /** Writes a matrix, row by row. */
  write(matrix: number, out: Float64Array): void;
}

/**
 * Binds the matrices of some groups of outputs (output c is in group c mod groups), with the mean second derivative of the
 * group. With "pairs" there is a matrix for each pair of classes c ≤ e of crossEntropy, in the order (0, 0), (0, 1), …, (1, 1), …,
 * with the second derivatives p_c ([c = e] − p_e). If there are many rows, the matrices are sums over a
 * sample of them, in complete blocks. A column that is seldom different from 0 may be 0 in the whole sample. So if the
 * squares of a column are smaller in the sample, its diagonal entry is enlarged to about its value for all rows.
 */
export function bindGrams(
  arena: Arena,
  { predictor, loss, X, y, w, blockRows }: SpecParts,
  n: number,
  groups: number | "pairs",
  columnSquares: ColumnSquares,
): Grams {
  const { kernels, bytes, elementType, memory } = arena;
  const spec = loss.spec;
  const k = predictor.outputs;
  const d = predictor.inputColumns;
  const pairs = groups === "pairs";
  const count = pairs ? (k * (k + 1)) / 2 : groups;
  const outputs = spec.loss === "halfSquared" ? 1 : k; // whose second derivatives differ
  const share = pairs ? 1 : count / outputs;
  const pass = predictor.bind(arena, X, blockRows);
  const weighted = arena.vector(blockRows * d);
  const numbers = d * d + d; // of a matrix: that of the columns, then their sums
  const sums = arena.vector(count * numbers);
  const scratch = arena.affineScratch();
  const curved = new Float64Array(blockRows * outputs);
  const totals = new Float64Array(count);
  const blocks = Math.ceil(n / blockRows);
  const used = Math.min(blocks, Math.ceil(Math.max(ROWS, ROWS_PER_COLUMN * (d + 1)) / blockRows));
  const largest = largestCurvature(spec)!;
  const view = (address: number, length: number): Vector => viewOf(elementType, memory.buffer, address, length);
  const lowest = largest < Infinity ? LOWEST * largest : 0;
  let sampled = 0;
  /** Per column: the mean square in all rows, and in the sample. */
  let squares: { readonly all: Float64Array; readonly sample: Float64Array } | undefined;

  /** The blocks of the sample. */
  const sample = Array.from({ length: used }, (_, b) => {
    const from = Math.floor((b * blocks) / used) * blockRows;
    return { order: null, from, to: Math.min(from + blockRows, n) };
  });

  return {
    cost: (used / blocks) * (2 + (0.2 * count * (d + 1)) / k),
    measure(params) {
      const scores = view(pass.scores, blockRows * k);
      sums.fill(0);
      totals.fill(0);
      sampled = 0;
      for (const block of sample) {
        const size = block.to - block.from;
        const x = X.at(block);
        const weights = w ? view(w.at(block), size) : null;
        if (outputs === 1 && spec.loss === "halfSquared") curved.fill(1);
        else {
          pass.forward(params.byteOffset, block);
          const scored = { scores, targets: view(y.at(block), size * loss.targets), n: size };
          if (pairs) softmaxRows(scored, k, curved);
          else curvatures(spec, scored, curved);
        }
        for (let c = 0, first = 0, second = 0; c < count; c++) {
          addBlock(c, pairs ? (at) => ofPair(at, first, second) : (at) => ofGroup(at, c), x, weights, size);
          if (++second === k) second = ++first;
        }
        sampled += size;
      }
      if (squares === undefined && used < blocks) {
        squares = {
          all: columnSquares.all,
          sample: columnSquares.over(sample).map((square) => square * (n / sampled)),
        };
      }
    },
    write(matrix, out) {
      const p = d + 1;
      const at = matrix * numbers;
      const total = totals[matrix]! / sampled;
      for (let j = 0; j < d; j++) {
        for (let l = 0; l < d; l++) out[j * p + l] = sums[at + j * d + l]! / sampled;
        out[j * p + d] = sums[at + d * d + j]! / sampled;
        out[d * p + j] = out[j * p + d]!;
        if (squares === undefined) continue;
        const [all, seen] = [squares.all[j]!, squares.sample[j]!];
        if (seen < RARE * all) out[j * p + j] = (total * all) / n;
        else if (seen < all) out[j * p + j]! *= all / seen;
      }
      out[d * p + d] = total;
    },
  };

  /** The second derivatives of one row, added up over the outputs of a group. The scores of the row begin at index `at`. */
  function ofGroup(at: number, c: number): number {
    let q = 0;
    for (let e = c; e < outputs; e += count) q += Math.max(curved[at + e]!, lowest);
    return q;
  }

  function ofPair(at: number, c: number, e: number): number {
    const p = curved[at + c]!;
    return c === e ? Math.max(p * (1 - p), lowest) : -p * curved[at + e]!;
  }

  function addBlock(c: number, sumAt: (at: number) => number, x: Address, weights: Vector | null, size: number): void {
    const rows = view(x, size * d);
    for (let i = 0, at = 0; i < size; i++) {
      const q = sumAt(i * outputs) * (share * (weights ? weights[i]! : 1));
      totals[c]! += q;
      for (const end = at + d; at < end; at++) weighted[at] = q * rows[at]!;
    }
    const out = sums.byteOffset + c * numbers * bytes;
    kernels.affineBack(weighted.byteOffset, x, out, out + d * d * bytes, size, d, d, scratch);
  }
}
