// What the first updates of a run will do, computed before it does them.

import { DivergenceError } from "downhill";
import { workOfRow } from "./evaluator.ts";
import type { Training } from "./phase.ts";

const MOST_UPDATES = 50;
const WORK = 2e8; // multiply-adds, over all updates: more would hold up the first picture

/** The parameters after each of the first updates; fewer if the run ends or diverges, and where there are many rows and parameters. */
export function firstUpdates(training: Training): readonly Float64Array[] {
  const { problem, ...fit } = training.prepare();
  const count = Math.min(MOST_UPDATES, Math.floor(WORK / (problem.examples * workOfRow(problem))));
  const reached: Float64Array[] = [];
  const steps = fit.steps();
  try {
    while (reached.length < count) {
      const { value } = steps.next();
      if (!value) break;
      reached.push(Float64Array.from(value.solution));
    }
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
  }
  return reached;
}
