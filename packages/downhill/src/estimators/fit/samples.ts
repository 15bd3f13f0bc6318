// Short fits to some of the training rows.
import type { Vector } from "../../core/vector.ts";
import { inKeptMemory } from "../../kernels/keptMemory.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { automatic } from "../../optimizers/automatic.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { train } from "../../training/train.ts";
import type { TrainOptions } from "../../training/trainOptions.ts";
import type { FitRows } from "./fitRows.ts";
import type { RowSubset } from "./rowSubsets.ts";
import { meanOne } from "./weights.ts";

/** The most rows on which the settings of a loss depend. */
export const SETTLED_ROWS = 100_000;

/** At most this many of the rows, evenly spaced, or all rows if the weights of these are 0. */
export function spacedWithMeanOne(rows: FitRows, most: number): RowSubset {
  const { X, y, weights } = rows.spaced(most);
  if (X.rows === rows.rows || weights === null) return { X, y, weights };
  return weights.every((weight) => weight === 0) ? rows.spaced(rows.rows) : { X, y, weights: meanOne("fit", weights) };
}

/** The parameters after at most 100 epochs, or as soon as at most a millionth of the objective can still be gained. */
export function roughFit(problem: Problem, start: Vector, kernels: BindKernels): Float64Array {
  return inKeptMemory(kernels, (own) => {
    let params = Float64Array.from(start);
    const options: TrainOptions = { epochs: 100, every: "epoch", start, stop: { remaining: 1e-6 }, kernels: own };
    for (const { solution } of train(problem, automatic(), options)) params = Float64Array.from(solution);
    return params;
  });
}
