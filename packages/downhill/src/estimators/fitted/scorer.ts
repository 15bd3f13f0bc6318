import { InputRangeError } from "../../core/check.ts";
import type { Matrix } from "../../core/matrix.ts";
import { type AnyMatrix, isSparse, type SparseMatrix } from "../../core/sparse.ts";
import type { Vector } from "../../core/vector.ts";
import { allocate } from "../../kernels/arena.ts";
import { inKeptMemory } from "../../kernels/keptMemory.ts";
import type { Address, BindKernels, Kernels } from "../../kernels/kernels.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Pass, Predictor } from "../../predictors/predictor.ts";
import type { Scaling } from "../fit/scaling.ts";
import { type Block, denseBlock, moveIntercepts, SPARSE_ROWS, sparseBlock } from "./scoredBlock.ts";

/** Overwrites the scores of a block of rows (n × k) with probabilities. */
export type Link = (kernels: Kernels, scores: Address, n: number, k: number) => void;

/**
 * The scores of the rows of X (rows × outputs), or their probabilities with a link; then the scores are written to `unlinked`, if it
 * is passed. Throws RangeError if a score is not finite.
 */
export type Scorer = (functionName: string, X: AnyMatrix, link?: Link, unlinked?: Float64Array) => Scores;

type Scores = Matrix & { readonly data: Float64Array };

/**
 * Makes the scorer of a predictor with fixed parameters. It processes rows in blocks, in a WebAssembly memory of a few blocks.
 * The first call uses the memory of the last fit. At the second call the scorer gets a memory of its own, which is kept while the
 * model is among the 32 that predicted last: an engine supports only a few thousand memories, and a program may have more models.
 */
export function scorer(predictor: Predictor, params: Vector, scaling: Scaling | null, features: number): Scorer {
  const { outputs, blockRows } = predictor;

  function allocateBlock(isOfSparse: boolean, kernels: BindKernels = wasmKernels): Bound {
    const bound = allocate(kernels, "float64", (arena) => {
      const rows = isOfSparse ? SPARSE_ROWS : blockRows;
      const block = isOfSparse
        ? sparseBlock(arena, rows, features, scaling)
        : denseBlock(arena, rows, features, scaling);
      const pass = predictor.bind(arena, block.inputs, rows);
      const own = arena.vector(params.length, (view) => {
        view.set(params);
        if (isOfSparse && scaling) moveIntercepts(view, predictor, scaling);
      });
      return { kernels: arena.kernels, memory: arena.memory, block, pass, params: own.byteOffset, rows };
    });
    return { ...bound, scores: new Float64Array(bound.memory.buffer, bound.pass.scores, bound.rows * outputs) };
  }

  function scoresIn(bound: Bound, functionName: string, X: AnyMatrix, link?: Link, unlinked?: Float64Array): Scores {
    const { kernels, block, pass, params: own, scores } = bound;
    const data = new Float64Array(X.rows * outputs);
    for (let from = 0, n = 0; from < X.rows; from += n) {
      n = block.write(X as Matrix & SparseMatrix, from);
      pass.forward(own, { order: null, from: 0, to: n });
      if (!Number.isFinite(kernels.maxAbsolute(pass.scores, n * outputs)))
        rejectRow(functionName, scores, from, outputs);
      if (unlinked) copy(scores, unlinked, from * outputs, n * outputs);
      link?.(kernels, pass.scores, n, outputs);
      copy(scores, data, from * outputs, n * outputs);
    }
    return { data, rows: X.rows, columns: outputs };
  }
  const ofDense = (): Bound => allocateBlock(false);
  const ofSparse = (): Bound => allocateBlock(true);
  let isFirst = true;
  return (functionName, X, link, unlinked) => {
    const isOfSparse = isSparse(X);
    const scores = (bound: Bound): Scores => scoresIn(bound, functionName, X, link, unlinked);
    if (!isFirst) return scores(recentlyUsed(isOfSparse ? ofSparse : ofDense));
    isFirst = false;
    return inKeptMemory(wasmKernels, (kernels) => scores(allocateBlock(isOfSparse, kernels)));
  };
}

/** @throws RangeError for the first score that is not finite; the first score is that of row `from` */
function rejectRow(functionName: string, scores: Float64Array, from: number, outputs: number): never {
  const at = scores.findIndex((score) => !Number.isFinite(score));
  throw new InputRangeError(
    `${functionName}: every row of X must have finite scores, got ${scores[at]} in row ${from + Math.floor(at / outputs)}. ` +
      "Pass smaller numbers in this row.",
  );
}

/** A predictor with its memory. */
interface Bound {
  readonly kernels: Kernels;
  readonly block: Block;
  readonly pass: Pass;
  readonly params: Address;
  /** The scores of a block. */
  readonly scores: Float64Array;
}

const KEPT = 32;

/** The memories of the scorers used last, in the order of their last use. */
const recent = new Map<() => Bound, Bound>();

/** The memory that a function has allocated: the one that was kept, or a new one. It becomes the one used last. */
function recentlyUsed(allocateBlock: () => Bound): Bound {
  const bound = recent.get(allocateBlock) ?? allocateBlock();
  recent.delete(allocateBlock);
  recent.set(allocateBlock, bound);
  if (recent.size > KEPT) recent.delete(recent.keys().next().value!);
  return bound;
}

/** Copies the first `length` numbers, without a view of them: a new view takes longer than the copy of a few numbers. */
function copy(source: Float64Array, out: Float64Array, from: number, length: number): void {
  for (let i = 0; i < length; i++) out[from + i] = source[i]!;
}
