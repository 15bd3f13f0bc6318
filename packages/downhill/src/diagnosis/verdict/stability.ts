// The learning rate of descent, with or without momentum, and the largest curvature L of a quadratic function.
import type { OptimizerSpec } from "../../optimizers/spec.ts";
import { rateLimit, ruleOfSpec } from "../forecast/updateRule.ts";

/** The largest stable learning rate times L; undefined for an optimizer that is not linear in the gradients. */
export function stableProduct(spec: OptimizerSpec | undefined): number | undefined {
  const rule = spec && ruleOfSpec(spec);
  return rule ? rateLimit(rule, 1) : undefined;
}

/**
 * Learning rate · L of a run whose error along the steepest direction changes its sign and is multiplied by `factor` in each
 * update; else undefined. With z = −factor it solves the characteristic equation of the update: z = 1 − ηL for plain descent,
 * z² − (1 + β − ηL) z + β = 0 with momentum, and z² − (1 − ηL) ((1 + β) z − β) = 0 for Nesterov's method.
 */
export function productOfGrowth(spec: OptimizerSpec | undefined, factor: number): number | undefined {
  const rule = spec && ruleOfSpec(spec);
  if (!rule) return undefined;
  const { name, decay } = rule;
  if (name === "nesterov") return 1 + (factor * factor) / ((1 + decay) * factor + decay);
  return 1 + decay + factor + decay / factor;
}

/** Whether the optimizer computes its learning rates from the data. */
export const choosesRates = (spec: OptimizerSpec | undefined): boolean =>
  spec !== undefined && spec["rate"] === undefined;
