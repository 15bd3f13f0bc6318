import { InputRangeError } from "../../core/check.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Vector } from "../../core/vector.ts";
import { allocate } from "../../kernels/arena.ts";
import type { Address, Kernels } from "../../kernels/kernels.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Pass, Predictor } from "../../predictors/predictor.ts";
import type { Scaling } from "../fit/scaling.ts";

/** What becomes of the scores of a block (n × k), in place: nothing, or probabilities. */
export type Link = (kernels: Kernels, scores: Address, n: number, k: number) => void;

/** Scores of the rows of X (rows × outputs), each block through the link. Throws RangeError where a score is not finite. */
export type Scorer = (functionName: string, X: Matrix, link?: Link) => Matrix & { readonly data: Float64Array };

/**
 * The scores of a predictor with fixed parameters, for any number of rows. The work is done block by block in a
 * WebAssembly memory of a few blocks. It is allocated at the first call and kept for the next one while the model is among
 * the 32 that predicted last: an engine has room for a few thousand such memories, and a program may hold more models.
 */
export function scorer(predictor: Predictor, params: Vector, scaling: Scaling | null, features: number): Scorer {
  const { outputs, blockRows } = predictor;

  function allocateBlock(): Bound {
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

  function score(functionName: string, X: Matrix, link?: Link): ReturnType<Scorer> {
    const { kernels, block, pass, params: own, buffer } = recentlyUsed(score, allocateBlock);
    const data = new Float64Array(X.rows * outputs);
    for (let from = 0; from < X.rows; from += blockRows) {
      const n = Math.min(blockRows, X.rows - from);
      const rows = X.data.subarray(from * features, (from + n) * features);
      if (scaling === null) block.set(rows);
      else for (let at = 0; at < rows.length; at++) block[at] = standardized(rows[at]!, at % features, scaling);
      pass.forward(own, { order: null, from: 0, to: n });
      const scores = new Float64Array(buffer, pass.scores, n * outputs);
      if (!Number.isFinite(kernels.maxAbsolute(pass.scores, n * outputs))) refuse(functionName, scores, from, outputs);
      link?.(kernels, pass.scores, n, outputs);
      data.set(scores, from * outputs);
    }
    return { data, rows: X.rows, columns: outputs };
  }
  return score;
}

/** Refuses rows of which the first is `from`, for the first score that is not finite. */
function refuse(functionName: string, scores: Float64Array, from: number, outputs: number): never {
  const at = scores.findIndex((score) => !Number.isFinite(score));
  throw new InputRangeError(
    `${functionName}: every row of X must have scores that float64 holds, got ${scores[at]} in row ${from + Math.floor(at / outputs)}. ` +
      "Check the size of its numbers, or fit a model to columns of smaller numbers.",
  );
}

/** A predictor bound to a memory of its own. */
interface Bound {
  readonly kernels: Kernels;
  readonly block: Vector;
  readonly pass: Pass;
  readonly params: Address;
  readonly buffer: ArrayBufferLike;
}

const KEPT = 32;

/** The scorers that were used last, in the order of their last use, with their memory. */
const recent = new Map<Scorer, Bound>();

/** The memory of a scorer, allocated anew unless it is among those kept; it then counts as the last one used. */
function recentlyUsed(scorer: Scorer, allocateBlock: () => Bound): Bound {
  const bound = recent.get(scorer) ?? allocateBlock();
  recent.delete(scorer);
  recent.set(scorer, bound);
  if (recent.size > KEPT) recent.delete(recent.keys().next().value!);
  return bound;
}

const standardized = (x: number, j: number, { shift, scale }: Scaling): number => (x - shift[j]!) / scale[j]!;
