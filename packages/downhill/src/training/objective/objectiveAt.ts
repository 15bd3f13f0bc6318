import { requireFinite, requireLength } from "../../core/check.ts";
import { allRows } from "../../core/rows.ts";
import { allocate } from "../../kernels/arena.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import { bindEvaluate, taskMemory } from "./evaluate.ts";
import type { Problem } from "./objective.ts";

/**
 * The objective of a problem at some parameters: the mean loss over all examples plus the penalties. It copies the data, so in a
 * run use `step.objective()`. Implicit feedback has the negative items of the first epoch.
 *
 * @param params  one number per parameter; of a risk the weights, then the intercepts, for standardized columns if it standardizes them
 * @throws RangeError for a wrong number of parameters, or one that is not finite
 *
 * @example
 * ```ts
 * import { column, dense, halfSquared, linear, objectiveAt, risk } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(1, 2, 3), rows: 3, columns: 1 });
 * const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets: column(Float64Array.of(3, 5, 7)) });
 * objectiveAt(problem, [2, 0]); // 0.5
 * ```
 */
export function objectiveAt(problem: Problem, params: ArrayLike<number>): number {
  const { size, examples, elementType } = problem;
  requireLength("objectiveAt", "params", params, "parameter", size);
  requireFinite("objectiveAt", "params", Float64Array.from(params));
  const { objective, evaluate, at, gradient } = allocate(wasmKernels, elementType, (arena) => {
    const objective = problem.bind(arena);
    return {
      objective,
      evaluate: bindEvaluate(arena, objective, taskMemory(arena, objective, size, examples)),
      at: arena.vector(size, (view) => view.set(params)),
      gradient: arena.vector(size),
    };
  });
  objective.beginEpoch?.(0);
  return evaluate(at, allRows(examples), gradient);
}
