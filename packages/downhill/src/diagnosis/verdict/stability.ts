// The learning rate of descent, with or without momentum, and the largest curvature L of a quadratic function.
import type { OptimizerSpec } from "../../optimizers/spec.ts";

const decayOf = ({ decay }: OptimizerSpec): number => decay as number;

/** The largest stable learning rate, times L: 2, with momentum 2 (1 + β), Nesterov 2 (1 + β) / (1 + 2 β); else undefined. */
export function stableProduct(spec: OptimizerSpec | undefined): number | undefined {
  if (spec?.optimizer === "plain") return 2;
  if (spec?.optimizer === "momentum") return 2 * (1 + decayOf(spec));
  if (spec?.optimizer === "nesterov") return (2 * (1 + decayOf(spec))) / (1 + 2 * decayOf(spec));
  return undefined;
}

/**
 * Learning rate · L of a run whose error along the steepest direction changes its sign and is multiplied by `factor` in each
 * update; else undefined. With z = −factor it solves the characteristic equation of the update: z = 1 − ηL for plain descent,
 * z² − (1 + β − ηL) z + β = 0 with momentum, and z² − (1 − ηL) ((1 + β) z − β) = 0 for Nesterov's method.
 */
export function productOfGrowth(spec: OptimizerSpec | undefined, factor: number): number | undefined {
  if (spec?.optimizer === "plain") return 1 + factor;
  if (spec?.optimizer === "momentum") return 1 + decayOf(spec) + factor + decayOf(spec) / factor;
  if (spec?.optimizer === "nesterov") return 1 + (factor * factor) / ((1 + decayOf(spec)) * factor + decayOf(spec));
  return undefined;
}

/** Whether the optimizer computes its learning rates from the data. */
export const choosesRates = (spec: OptimizerSpec | undefined): boolean => spec?.optimizer === "automatic";
