import { automatic } from "../../optimizers/automatic.ts";
import type { BoundRun, Problem } from "../../training/objective/objective.ts";
import { type Step, train } from "../../training/train.ts";

const REMAINING = 3e-4;
const EPOCHS = 200;

/** The function `hingeSlopes` after a new run of `automatic`, in memory of its own. */
export function afterNewRun(problem: Problem): BoundRun["hingeSlopes"] {
  let last: Step | undefined;
  const options = { epochs: EPOCHS, every: "epoch", stop: { remaining: REMAINING } } as const;
  for (const step of train({ ...problem, buffer: undefined }, automatic(), options)) last = step;
  return last!.bound().hingeSlopes;
}
