import type { Matrix } from "../../core/matrix.ts";
import type { Vector } from "../../core/vector.ts";
import { allocate } from "../../kernels/arena.ts";
import { AFFINE_SCRATCH } from "../../kernels/kernels.ts";
import { dense } from "../../kernels/source.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { LossSpec } from "../../losses/loss.ts";
import { lossFromSpec } from "../../losses/lossFromSpec.ts";
import { blockRowsOf } from "../../predictors/linear.ts";

/** The rows of a linear model in float64, with the products that every certificate is made of. */
export interface LinearRows {
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** Number of scores of a row. */
  readonly outputs: number;
  /** The numbers of the rows, row by row. */
  readonly data: Float64Array;
  readonly targets: Vector;
  /** The sum of the squares of all numbers. */
  readonly square: number;
  /** z ← W x + b for each row: W is outputs × columns, then the intercepts b. */
  scores(params: Float64Array, z: Float64Array): void;
  /** s ← the slopes of a loss at the scores of the last call of `scores`. Returns the sum of the losses. */
  slopes(spec: LossSpec, s: Float64Array): number;
  /** gradient ← the sum over the rows of slopes · (x, 1), in the layout of the parameters, divided by the number of rows. */
  back(slopes: Float64Array, gradient: Float64Array): void;
  /** The rows with score c alone and its targets, of a loss with a target for each score. They share the memory: use one at a time. */
  ofScore(c: number): LinearRows;
}

/** Copies the rows of X, with a scaling (x − shift) / scale of them, and the targets. */
export function linearRows(
  X: Matrix,
  scaling: { readonly shift: Float64Array; readonly scale: Float64Array } | null,
  outputs: number,
  targets: Vector,
): LinearRows {
  const { rows, columns } = X;
  const block = blockRowsOf(columns);
  return allocate(wasmKernels, "float64", (arena) => {
    const { kernels } = arena;
    const start = dense(X, scaling ?? undefined).store(arena).address;
    const y = arena.vector(targets.length);
    const params = arena.vector(outputs * (columns + 1)) as Float64Array;
    const numbers = arena.vector(rows * outputs) as Float64Array;
    const scratch = arena.reserve(AFFINE_SCRATCH);
    const measuring = params.length === 0;
    const data = measuring ? params : new Float64Array(params.buffer, start, rows * columns);
    const square = measuring ? 0 : kernels.dot(start, start, rows * columns);

    function withScores(k: number, targets: Vector): LinearRows {
      const W = params.byteOffset;
      const b = W + 8 * k * columns;
      const eachBlock = (product: (x: number, z: number, n: number) => void): void => {
        for (let from = 0; from < rows; from += block) {
          product(start + 8 * from * columns, numbers.byteOffset + 8 * from * k, Math.min(block, rows - from));
        }
      };
      return {
        ...{ rows, columns, outputs: k, data, square, targets },
        scores(from, z) {
          params.set(from);
          eachBlock((x, out, n) => kernels.affine(x, W, b, out, n, columns, k, scratch));
          z.set(numbers.subarray(0, rows * k));
        },
        slopes(spec, s) {
          y.set(targets);
          const sum = lossFromSpec(spec).sumAndSlope(kernels, numbers.byteOffset, y.byteOffset, 0, rows);
          s.set(numbers.subarray(0, rows * k));
          return sum;
        },
        back(slopes, gradient) {
          numbers.set(slopes);
          params.fill(0);
          eachBlock((x, s, n) => kernels.affineBack(s, x, W, b, n, columns, k, scratch));
          for (let j = 0; j < gradient.length; j++) gradient[j] = params[j]! / rows;
        },
        ofScore: (c) =>
          withScores(
            1,
            targets.filter((_, at) => at % k === c),
          ),
      };
    }
    return withScores(outputs, targets);
  });
}
