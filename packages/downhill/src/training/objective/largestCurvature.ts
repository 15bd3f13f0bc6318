import { random } from "../../core/random.ts";
import { allRows } from "../../core/rows.ts";
import { allocate } from "../../kernels/arena.ts";
import { inKeptMemory } from "../../kernels/keptMemory.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { bindEvaluate, taskMemory } from "./evaluate.ts";
import type { Problem } from "./objective.ts";

/**
 * The largest eigenvalue of G, by power iteration from a random start. The problem's gradient at v must be G v, as it is
 * for half the squared error of linear scores with targets 0. The estimate is below the eigenvalue, so a bound must add a
 * margin.
 */
export const largestCurvature = (problem: Problem, options: CurvatureOptions): number =>
  inKeptMemory(options.kernels, (kernels) => powerIteration(problem, { ...options, kernels }));

interface CurvatureOptions {
  readonly kernels: BindKernels;
  /** [50] */
  readonly iterations?: number;
  /** [0] */
  readonly seed?: number;
}

function powerIteration(problem: Problem, { kernels: bind, iterations = 50, seed = 0 }: CurvatureOptions): number {
  const { size, examples, elementType } = problem;
  const { kernels, v, Gv, evaluate } = allocate(bind, elementType, (arena) => {
    const objective = problem.bind(arena);
    return {
      kernels: arena.kernels,
      v: arena.vector(size),
      Gv: arena.vector(size),
      evaluate: bindEvaluate(arena, objective, taskMemory(arena, objective, size, examples)),
    };
  });
  const stream = random(seed).fork("curvature");
  for (let i = 0; i < size; i++) v[i] = stream.normal();
  let largest = 0;
  for (let i = 0; i < iterations; i++) {
    kernels.scale(1 / Math.sqrt(kernels.dot(v.byteOffset, v.byteOffset, size)), v.byteOffset, size);
    evaluate(v, allRows(examples), Gv);
    largest = Math.sqrt(kernels.dot(Gv.byteOffset, Gv.byteOffset, size));
    if (largest === 0) return 0;
    v.set(Gv);
  }
  return largest;
}
