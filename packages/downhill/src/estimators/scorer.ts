import type { Matrix } from "../core/matrix.ts";
import type { Vector } from "../core/vector.ts";
import { allocate } from "../kernels/arena.ts";
import type { Address, Kernels } from "../kernels/kernels.ts";
import { wasmKernels } from "../kernels/wasm.ts";
import type { Predictor } from "../predictors/predictor.ts";
import type { Scaling } from "./preprocessing.ts";

/** What becomes of the scores of a block (n × k), in place: nothing, or probabilities. */
export type Link = (kernels: Kernels, scores: Address, n: number, k: number) => void;

/** Scores of the rows of X (rows × outputs), each block through the link. */
export type Scorer = (X: Matrix, link?: Link) => Matrix & { readonly data: Float64Array };

/** A predictor with fixed parameters at work on any number of rows, in a memory of a few blocks taken at first use. */
export function scorer(predictor: Predictor, params: Vector, scaling: Scaling | null, features: number): Scorer {
  let bound: ReturnType<typeof bind> | undefined;
  const { outputs, blockRows } = predictor;

  function bind() {
    return allocate(wasmKernels, "float64", (arena) => {
      const block = arena.vector(blockRows * features);
      const pass = predictor.bind(
        arena,
        { address: block.byteOffset, stride: 0, scratch: 0, at: () => block.byteOffset },
        blockRows,
      );
      const own = arena.vector(params.length, (view) => view.set(params));
      return { kernels: arena.kernels, block, pass, params: own.byteOffset, buffer: block.buffer };
    });
  }

  return (X, link) => {
    bound ??= bind();
    const { kernels, block, pass, params: own, buffer } = bound;
    const data = new Float64Array(X.rows * outputs);
    for (let from = 0; from < X.rows; from += blockRows) {
      const n = Math.min(blockRows, X.rows - from);
      const rows = X.data.subarray(from * features, (from + n) * features);
      if (scaling === null) block.set(rows);
      else for (let at = 0; at < rows.length; at++) block[at] = standardized(rows[at]!, at % features, scaling);
      pass.forward(own, { order: null, from: 0, to: n });
      link?.(kernels, pass.scores, n, outputs);
      data.set(new Float64Array(buffer, pass.scores, n * outputs), from * outputs);
    }
    return { data, rows: X.rows, columns: outputs };
  };
}

const standardized = (x: number, j: number, { shift, scale }: Scaling): number => (x - shift[j]!) / scale[j]!;
