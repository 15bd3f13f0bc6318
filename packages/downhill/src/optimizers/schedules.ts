import { known, requireNonNegative, requirePositive, requireSize, requireWithin } from "../core/check.ts";
import { cos, exp, log, power } from "../core/elementary.ts";
import { withSpec } from "../core/spec.ts";
import type { RateSpec, ScheduleSpec } from "./spec.ts";

/** A function that returns the learning rate of update t = 1, 2, …: a number above 0. */
export interface Schedule {
  (t: number): number;
  /** Its name and arguments as JSON; absent when a part of it is a function of the user's. */
  readonly spec?: ScheduleSpec;
}

/** A learning rate as JSON; undefined for a function of the user's. */
export const rateSpec = (rate: number | Schedule): RateSpec | undefined =>
  typeof rate === "number" ? rate : rate.spec;

/**
 * The same learning rate at every update: rate.
 *
 * @param rate  above 0
 * @throws RangeError when rate is not above 0
 *
 * @example
 * ```ts
 * import { constant } from "downhill";
 *
 * constant(0.1)(7); // 0.1
 * ```
 */
export function constant(rate: number): Schedule {
  requirePositive("constant", "rate", rate);
  return withSpec(() => rate, { schedule: "constant", rate });
}

/**
 * A learning rate that falls like 1 / t: rate / (1 + decay · (t − 1)). With rate = 1 / (λ t₀) and decay = 1 / t₀ it is
 * 1 / (λ (t − 1 + t₀)).
 *
 * @param rate  the first learning rate, above 0
 * @param options  decay, at least 0
 * @throws RangeError for an argument outside its range; TypeError for an unknown option
 *
 * @example
 * ```ts
 * import { inverseTime } from "downhill";
 *
 * const rate = inverseTime(0.1, { decay: 1 });
 * [rate(1), rate(2), rate(5)]; // [0.1, 0.05, 0.02]
 * ```
 */
export function inverseTime(rate: number, options: { decay: number }): Schedule {
  const { decay } = known("inverseTime", options, "decay");
  requirePositive("inverseTime", "rate", rate);
  requireNonNegative("inverseTime", "decay", decay);
  return withSpec((t: number) => rate / (1 + decay * (t - 1)), { schedule: "inverseTime", rate, decay });
}

/**
 * A learning rate that is multiplied by `factor` after every `every` updates: rate · factor^⌊(t − 1) / every⌋.
 *
 * @param rate  the first learning rate, above 0
 * @param options  factor, above 0 [0.1]; every, a number of updates of at least 1
 * @throws RangeError for an argument outside its range; TypeError for an unknown option
 *
 * @example
 * ```ts
 * import { step } from "downhill";
 *
 * const rate = step(0.4, { factor: 0.5, every: 10 });
 * [rate(10), rate(11), rate(21)]; // [0.4, 0.2, 0.1]
 * ```
 */
export function step(rate: number, options: { factor?: number; every: number }): Schedule {
  const { factor = 0.1, every } = known("step", options, "factor", "every");
  requirePositive("step", "rate", rate);
  requirePositive("step", "factor", factor);
  requireSize("step", "every", every);
  const rateAt = (t: number): number => rate * power(factor, Math.floor((t - 1) / every));
  return withSpec(rateAt, { schedule: "step", rate, factor, every });
}

/**
 * A learning rate that falls smoothly by `factor` in `every` updates: rate · factor^((t − 1) / every).
 *
 * @param rate  the first learning rate, above 0
 * @param options  factor, above 0 [0.1]; every, a number of updates of at least 1
 * @throws RangeError for an argument outside its range; TypeError for an unknown option
 *
 * @example
 * ```ts
 * import { exponential } from "downhill";
 *
 * const rate = exponential(0.4, { factor: 0.25, every: 10 });
 * [rate(1), rate(6).toFixed(6), rate(11).toFixed(6)]; // [0.4, "0.200000", "0.100000"]
 * ```
 */
export function exponential(rate: number, options: { factor?: number; every: number }): Schedule {
  const { factor = 0.1, every } = known("exponential", options, "factor", "every");
  requirePositive("exponential", "rate", rate);
  requirePositive("exponential", "factor", factor);
  requireSize("exponential", "every", every);
  const perUpdate = log(factor) / every;
  return withSpec((t: number) => rate * exp(perUpdate * (t - 1)), { schedule: "exponential", rate, factor, every });
}

/**
 * A learning rate that is `rate` in the first c = `constant` updates and then falls along half a cosine:
 * last + (rate − last) · ½ (1 + cos(π (t − c − 1) / (updates − c))), and `last` after `updates` updates.
 *
 * @param rate  the first learning rate, above 0
 * @param options  updates, at least 1; last, the last learning rate, above 0 [rate / 100]; constant, below `updates` [0]
 * @throws RangeError for an argument outside its range; TypeError for an unknown option
 *
 * Source: Loshchilov and Hutter, “SGDR: Stochastic Gradient Descent with Warm Restarts”, 2017 (one period).
 *
 * @example
 * ```ts
 * import { cosine } from "downhill";
 *
 * const rate = cosine(0.3, { updates: 100, last: 0.1 });
 * [rate(1), rate(51).toFixed(6), rate(101)]; // [0.3, "0.200000", 0.1]
 * ```
 */
export function cosine(rate: number, options: { updates: number; last?: number; constant?: number }): Schedule {
  const { updates, last = rate / 100, constant = 0 } = known("cosine", options, "updates", "last", "constant");
  requirePositive("cosine", "rate", rate);
  requireSize("cosine", "updates", updates);
  requirePositive("cosine", "last", last);
  requireWithin("cosine", "constant", constant, 0, updates);
  requireSize("cosine", "constant", constant, 0);
  const rateAt = (t: number): number => {
    if (t > updates) return last;
    return t <= constant
      ? rate
      : last + (rate - last) * 0.5 * (1 + cos((Math.PI * (t - constant - 1)) / (updates - constant)));
  };
  return withSpec(rateAt, { schedule: "cosine", rate, updates, last, ...(constant > 0 && { constant }) });
}

/**
 * A learning rate that first rises linearly: rate(t) · min(1, t / updates).
 *
 * @param rate  the learning rate after the rise: a number above 0, or another schedule
 * @param options  updates, the length of the rise, at least 1
 * @throws RangeError for an argument outside its range; TypeError for an unknown option
 *
 * @example
 * ```ts
 * import { warmUp } from "downhill";
 *
 * const rate = warmUp(0.4, { updates: 4 });
 * [rate(1), rate(2), rate(4), rate(9)]; // [0.1, 0.2, 0.4, 0.4]
 * ```
 */
export function warmUp(rate: number | Schedule, options: { updates: number }): Schedule {
  const { updates } = known("warmUp", options, "updates");
  if (typeof rate !== "function") requirePositive("warmUp", "rate", rate);
  requireSize("warmUp", "updates", updates);
  const rateAt = typeof rate === "function" ? rate : constant(rate);
  const spec = rateSpec(rate);
  const rising = (t: number): number => rateAt(t) * Math.min(1, t / updates);
  return withSpec(rising, spec === undefined ? spec : { schedule: "warmUp", rate: spec, updates });
}
