import { allocate } from "../../kernels/arena.ts";
import { column, rowsOf } from "../../kernels/source.ts";
import type { StoredRows } from "../../kernels/storedRows.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import { hinge } from "../../losses/hinge.ts";
import { automatic } from "../../optimizers/automatic.ts";
import { linear } from "../../predictors/linear.ts";
import { risk } from "../../training/objective/risk.ts";
import { bindSmoothHinge, listOfRows, smoothSlope } from "../../training/objective/smoothHinge.ts";
import { type Step, train } from "../../training/train.ts";
import type { LinearRows } from "./linearRows.ts";

const WIDTHS = 16; // 1, 1/4, 1/16, …
const REMAINING = 3e-4;
const EPOCHS = 200;
const CHUNK = 131072; // numbers

/**
 * Slopes of the smoothed hinge with several widths, for rows with one score and l2.
 *
 * @param params  where the slopes are computed; null: at those parameters of a new run of `automatic` that have the largest lower bound
 */
export function* hingeSlopes(rows: LinearRows, params: Float64Array | null): Generator<Float64Array, void> {
  const { n } = rows;
  const z = new Float64Array(n);
  rows.scores([{ params: params ?? afterRun(rows), z }]);
  const { u, y, weights, balance } = allocate(wasmKernels, "float64", (arena) => ({
    ...{ u: listOfRows(arena, n), y: listOfRows(arena, n), weights: listOfRows(arena, n), ...bindSmoothHinge(arena) },
  }));
  y.set(rows.targets);
  u.set(z.map((x, i) => 1 - y[i]! * x));
  if (rows.weights) weights.set(rows.weights);
  else weights.fill(1);
  for (let i = 0, width = 1; i < WIDTHS; i++, width /= 4) {
    const shift = balance({ u, y, weights }, width);
    yield Float64Array.from(y, (sign, i) => -sign * smoothSlope(u[i]! - sign * shift, width));
  }
}

function afterRun(rows: LinearRows): Float64Array {
  const { n, d, data, entries, targets, weights, l2 } = rows;
  const parts = { predictor: linear(d), loss: hinge(), l2 };
  const problem = data
    ? risk({
        ...parts,
        inputs: rowsOf(entries ? entries.copy(d) : { data: Float64Array.from(data), rows: n, columns: d }),
        targets: column(Float64Array.from(targets)),
        ...(weights && { weights: column(Float64Array.from(weights)) }),
      })
    : risk({ ...parts, stored: storedAgain(rows) });
  let last: Step | undefined;
  const options = { epochs: EPOCHS, every: "epoch", stop: { remaining: REMAINING } } as const;
  for (const step of train(problem, automatic(), options)) last = step;
  const { params, newtonStep } = last!.bound();
  return Float64Array.from(params, (x, j) => x - (newtonStep ? newtonStep[j]! : 0));
}

/** The rows of a run on stored rows, for another run, in float64. */
function storedAgain({ n, d, targets, weights, rowAt }: LinearRows): StoredRows {
  const rowsPerChunk = Math.max(1, Math.floor(CHUNK / d));
  return {
    ...{ rows: n, columns: d, targets: 1, weighted: weights !== null, elementType: "float64", pairs: false },
    ...{ rowsPerChunk, chunksPerWindow: 32 },
    load(chunk, inputs, outputs, w) {
      const from = chunk * rowsPerChunk;
      for (let i = 0; i < outputs.length; i++) inputs.set(rowAt(from + i), i * d);
      outputs.set(targets.subarray(from, from + outputs.length));
      w?.set(weights!.subarray(from, from + outputs.length));
    },
  };
}
