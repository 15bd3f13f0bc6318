import type { Matrix } from "../../core/matrix.ts";
import { allocate } from "../../kernels/arena.ts";
import { AFFINE_SCRATCH } from "../../kernels/kernels.ts";
import { dense } from "../../kernels/source.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import { blockRowsOf } from "../../predictors/linear.ts";

/** The rows of a linear model in float64, with the two products that every certificate is made of. */
export interface LinearRows {
  readonly rows: number;
  /** Number of columns. */
  readonly columns: number;
  /** Number of scores of a row. */
  readonly outputs: number;
  /** The numbers of the rows, row by row. */
  readonly data: Float64Array;
  /** z ← W x + b for each row: W is outputs × columns, then the intercepts b. */
  scores(params: Float64Array, z: Float64Array): void;
  /** gradient ← the sum over the rows of slopes · (x, 1), in the layout of the parameters, divided by the number of rows. */
  back(slopes: Float64Array, gradient: Float64Array): void;
}

/** Copies the rows of X; with a scaling (x − shift) / scale of them. */
export function linearRows(
  X: Matrix,
  scaling: { readonly shift: Float64Array; readonly scale: Float64Array } | null,
  outputs: number,
): LinearRows {
  const { rows, columns } = X;
  const weights = outputs * columns;
  const block = blockRowsOf(columns);
  return allocate(wasmKernels, "float64", (arena) => {
    const { kernels } = arena;
    const start = dense(X, scaling ?? undefined).store(arena).address;
    const params = arena.vector(weights + outputs) as Float64Array;
    const numbers = arena.vector(rows * outputs) as Float64Array;
    const scratch = arena.reserve(AFFINE_SCRATCH);
    const eachBlock = (product: (x: number, z: number, n: number) => void): void => {
      for (let from = 0; from < rows; from += block) {
        product(start + 8 * from * columns, numbers.byteOffset + 8 * from * outputs, Math.min(block, rows - from));
      }
    };
    const W = params.byteOffset;
    const b = W + 8 * weights;
    return {
      rows,
      columns,
      outputs,
      data: params.length === 0 ? params : new Float64Array(params.buffer, start, rows * columns),
      scores(from, z) {
        params.set(from);
        eachBlock((x, out, n) => kernels.affine(x, W, b, out, n, columns, outputs, scratch));
        z.set(numbers);
      },
      back(slopes, gradient) {
        numbers.set(slopes);
        params.fill(0);
        eachBlock((x, s, n) => kernels.affineBack(s, x, W, b, n, columns, outputs, scratch));
        for (let j = 0; j < params.length; j++) gradient[j] = params[j]! / rows;
      },
    };
  });
}
