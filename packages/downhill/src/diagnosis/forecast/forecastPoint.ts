import { allRows } from "../../core/rows.ts";
import type { Vector } from "../../core/vector.ts";
import { allocate } from "../../kernels/arena.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { bindEvaluate, type Evaluate, taskMemory } from "../../training/objective/evaluate.ts";
import type { LinearData, Objective, Problem } from "../../training/objective/objective.ts";
import { writeStart } from "../../training/state/start.ts";
import type { Start } from "../../training/trainOptions.ts";

/** A problem in memory of its own, at the start of a run. */
export interface ForecastPoint {
  readonly problem: Problem;
  readonly objective: Objective;
  readonly evaluate: Evaluate;
  readonly params: Vector;
  /** The gradient over all rows at the parameters. */
  readonly gradient: Vector;
  /** The objective at the parameters. */
  readonly value: number;
  readonly kernels: BindKernels;
}

export function pointAtStart(problem: Problem, start: Start, seed: number, kernels: BindKernels): ForecastPoint {
  const { size, examples, elementType } = problem;
  const memory = allocate(kernels, elementType, (arena) => {
    const objective = problem.bind(arena);
    return {
      objective,
      evaluate: bindEvaluate(arena, objective, taskMemory(arena, objective, size, examples)),
      params: arena.vector(size),
      gradient: arena.vector(size),
    };
  });
  const { params, gradient, evaluate } = memory;
  writeStart(params, problem, { start, seed });
  const value = evaluate(params, allRows(examples), gradient);
  return { ...memory, problem, value, kernels };
}

/** Whether a weight of linear scores is not 0 at the start or after the first step. Weights that stay 0 have no penalty that grows. */
export function weightsMove({ d, k }: LinearData, { params, gradient }: ForecastPoint): boolean {
  for (let j = 0; j < k * d; j++) if (params[j] !== 0 || gradient[j] !== 0) return true;
  return false;
}
