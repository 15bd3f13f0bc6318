import type { Step } from "../training/train.ts";

/** A training under way, and how a step of it becomes a model: C is the model as plain data. */
export interface Fitting<C, F> {
  readonly steps: Iterable<Step>;
  /** The model as it stands: with the best held-out loss, where that is watched. */
  coreAt(step: Step): C;
  fitted(core: C): F;
}

/** Its steps one by one, each of which can say what was reached. */
export function* eachStep<C, F>({ steps, coreAt, fitted }: Fitting<C, F>) {
  for (const step of steps) yield { ...step, core: () => coreAt(step), fitted: () => fitted(coreAt(step)) };
}

/** The model that it ends with. */
export function lastFitted<C, F>({ steps, coreAt, fitted }: Fitting<C, F>): F {
  let last: Step | undefined;
  for (const step of steps) last = step;
  return fitted(coreAt(last!));
}
