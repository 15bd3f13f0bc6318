import { requirePositive } from "../../core/check.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { OptimizerSpec, RateSpec, TransformSpec } from "../../optimizers/spec.ts";

/** An update rule that is linear in the gradients: params −= rate · direction, with v ← decay · v + g. */
export interface UpdateRule {
  /** The direction: g for "plain", v for "momentum", g + decay · v for "nesterov". */
  readonly name: "plain" | "momentum" | "nesterov";
  /** 0 for "plain". */
  readonly decay: number;
}

/** The parts of an optimizer that a forecast uses. */
export interface OptimizerFacts {
  /** Null for an optimizer that divides or clips gradients or chooses its rates, and for a user's own. */
  readonly rule: UpdateRule | null;
  /** The learning rate of the first update; null if it is not known before the run. */
  readonly rate: number | null;
  /** Whether all updates have the same rate. */
  readonly constant: boolean;
}

/** @throws RangeError if the first rate is not above 0 */
export function factsOf(optimizer: Optimizer): OptimizerFacts {
  const { spec } = optimizer;
  const rateSpec = spec?.["rate"] as RateSpec | undefined;
  const rate = rateSpec === undefined ? ((optimizer.schedule ?? optimizer.rate)?.(1) ?? null) : firstRate(rateSpec);
  if (rate !== null) requirePositive("forecast", "learning rate", rate);
  return { rule: ruleOf(optimizer), rate, constant: rateSpec !== undefined && isConstant(rateSpec) };
}

function ruleOf({ spec, rate }: Optimizer): UpdateRule | null {
  if (spec) return ruleOfSpec(spec);
  return rate ? { name: "plain", decay: 0 } : null;
}

/** Null for an optimizer that divides or clips gradients or chooses its rates. */
export function ruleOfSpec(spec: OptimizerSpec): UpdateRule | null {
  const { optimizer, decay } = spec;
  if (optimizer === "plain") return { name: "plain", decay: 0 };
  if (optimizer === "momentum" || optimizer === "nesterov") return { name: optimizer, decay: decay as number };
  return optimizer === "descent" ? ruleOfTransforms(spec) : null;
}

function ruleOfTransforms(spec: OptimizerSpec): UpdateRule | null {
  const [first, ...others] = spec["transforms"] as readonly TransformSpec[];
  if (first === undefined) return { name: "plain", decay: 0 };
  const name = { addMomentum: "momentum", addNesterov: "nesterov" }[first.transform] as UpdateRule["name"] | undefined;
  return name && others.length === 0 ? { name, decay: first["decay"] as number } : null;
}

/** The rate at update 1. All schedules of the library start at their `rate`, except warmUp, which rises to it. */
function firstRate(rate: RateSpec): number {
  if (typeof rate === "number") return rate;
  return firstRate(rate.rate) / (rate.schedule === "warmUp" ? (rate["updates"] as number) : 1);
}

const isConstant = (rate: RateSpec): boolean =>
  typeof rate === "number" || (rate.schedule === "constant" && isConstant(rate.rate));

/**
 * The largest learning rate with which a run on a quadratic function with largest curvature λ does not grow: 2/λ for plain
 * descent, 2(1 + decay)/λ with momentum, 2(1 + decay)/((1 + 2 decay) λ) for Nesterov's. Infinity for λ = 0.
 *
 * The factors of a direction are the roots of x² − τ x + δ; both are inside the unit circle if |δ| < 1 and |τ| < 1 + δ.
 */
export function rateLimit({ name, decay }: UpdateRule, curvature: number): number {
  const double = 2 * (1 + decay);
  return (name === "nesterov" ? double / (1 + 2 * decay) : double) / curvature;
}

/**
 * The largest rate up to which a sum is proven to fall in every step, for a convex objective with largest curvature L:
 * - plain: the objective, up to 2/L;
 * - momentum: objective + decay/(2 rate) ‖last step‖², up to 2(1 − decay)/L;
 * - nesterov: objective + 1/(2 rate) ‖last step‖², at the parameters without the part decay · v of their last step, up to 1/L.
 */
export const guaranteedRate = ({ name, decay }: UpdateRule, curvature: number): number =>
  (name === "nesterov" ? 1 : 2 * (1 - decay)) / curvature;
