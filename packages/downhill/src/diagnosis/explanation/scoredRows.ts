// The scores and the hidden units of each row, in float64: plain loops, for explanations after a run.
import { sigmoid, tanh } from "../../core/elementary.ts";
import { type ElementType, elementBytes, type Vector, viewOf } from "../../core/vector.ts";
import type { RowLocation } from "../../kernels/source.ts";
import type { LossSpec } from "../../losses/loss.ts";
import type { Problem } from "../../training/objective/objective.ts";
import type { RiskSpec } from "../../training/threads/threadPool.ts";

/** The rows of a risk with linear scores or a network, at some parameters. */
export interface ScoredRows {
  readonly loss: LossSpec;
  readonly n: number;
  readonly targets: Vector;
  /** One per row; null when all are 1. */
  readonly weights: Vector | null;
  readonly l2: number;
  readonly l1: number;
  /** The function of the hidden units; null for linear scores. */
  readonly activation: string | null;
  /**
   * The inputs of the activations (z) of each hidden layer, and last the scores, of row i; the next call overwrites them. For
   * linear scores only the scores.
   */
  layersOf(i: number): readonly Float64Array[];
  /** An upper bound of the rounding error of the scores of the last row. */
  rounding(): number;
}

/** The rows of a problem whose objective has this spec in the memory with a buffer. Null for factorizations, and without a spec. */
export function scoredRows(
  { elementType, examples: n }: Pick<Problem, "elementType" | "examples">,
  spec: RiskSpec | undefined,
  buffer: ArrayBufferLike,
  params: ArrayLike<number>,
): ScoredRows | null {
  if (!spec || spec.predictor.predictor === "factors") return null;
  const { predictor, loss, X, y, w, l2, l1 } = spec;
  const memory = buffer as ArrayBuffer;
  const numbers = (address: number, columns: number): Vector => viewOf(elementType, memory, address, n * columns);
  const d = predictor["features"] as number;
  const widths = [d, ...((predictor["hidden"] as readonly number[] | undefined) ?? []), predictor["outputs"] as number];
  const rowOf = bindRows(elementType, memory, X, n, d);
  const layers = widths.slice(1).map((width) => new Float64Array(width));
  const activation = (predictor["activation"] as string | undefined) ?? null;
  let largest = 0; // the sum of the absolute terms of a score

  function layersOf(i: number): readonly Float64Array[] {
    let { from, columns } = rowOf(i);
    let at = 0;
    for (const [l, z] of layers.entries()) {
      const [width, out] = [widths[l]!, z.length];
      const intercepts = at + width * out;
      largest = 0;
      for (let c = 0; c < out; c++) {
        let sum = params[intercepts + c]!;
        let absolute = Math.abs(sum);
        for (let e = 0; e < from.length; e++) {
          const term = params[at + c * width + (columns ? columns[e]! : e)]! * from[e]!;
          sum += term;
          absolute += Math.abs(term);
        }
        z[c] = sum;
        largest = Math.max(largest, absolute);
      }
      at = intercepts + out;
      columns = null;
      if (l < layers.length - 1) from = z.map(activate[activation as keyof typeof activate]);
    }
    return layers;
  }

  return {
    ...{ loss, n, l2, l1, activation, layersOf },
    targets: numbers(y.address, y.stride / elementBytes(elementType)),
    weights: w ? numbers(w.address, 1) : null,
    rounding: () => (widths.at(-2)! + 2) * Number.EPSILON * largest,
  };
}

/** The numbers of a row, and their columns if the rows are sparse. */
interface Row {
  readonly from: ArrayLike<number>;
  readonly columns: Uint32Array | null;
}

/** Makes a function that returns row i of n rows, dense or sparse. */
function bindRows(
  elementType: ElementType,
  buffer: ArrayBuffer,
  { address, entries }: RowLocation,
  n: number,
  d: number,
): (i: number) => Row {
  if (entries === undefined) {
    const X = viewOf(elementType, buffer, address, n * d);
    return (i) => ({ from: X.subarray(i * d, (i + 1) * d), columns: null });
  }
  const rows = new Uint32Array(buffer, address, 2 * n);
  const columns = new Uint32Array(buffer, entries.columns, rows[2 * n - 1]!);
  const values = viewOf(elementType, buffer, entries.values, columns.length);
  return (i) => {
    const [from, to] = [rows[2 * i]!, rows[2 * i + 1]!];
    return { from: values.subarray(from, to), columns: columns.subarray(from, to) };
  };
}

const activate = { relu: (z: number): number => Math.max(z, 0), tanh, sigmoid };

/** The class of a row: its index, or 0 and 1 for the labels of one score. Undefined for a regression. */
export function classOf({ loss, targets }: ScoredRows, i: number): number | undefined {
  if (loss.loss === "crossEntropy") return targets[i]!;
  if (loss.loss !== "logistic" && loss.loss !== "hinge" && loss.loss !== "squaredHinge") return undefined;
  const k = loss.outputs;
  return k === 1 ? (targets[i]! > 0 ? 1 : 0) : predictedClass(targets.subarray(i * k, (i + 1) * k));
}

/** The class with the largest score; for one score 1 if it is above 0, else 0. */
export function predictedClass(scores: ArrayLike<number>): number {
  if (scores.length === 1) return scores[0]! > 0 ? 1 : 0;
  let best = 0;
  for (let c = 1; c < scores.length; c++) if (scores[c]! > scores[best]!) best = c;
  return best;
}
