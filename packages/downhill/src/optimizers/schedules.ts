import { requireNonNegative, requirePositive, requireSize } from "../core/check.ts";
import { cos, exp, log, power } from "../core/elementary.ts";
import { withSpec } from "../core/spec.ts";
import type { RateSpec, ScheduleSpec } from "./spec.ts";

/** The learning rate of update t = 1, 2, …: always above 0. */
export interface Schedule {
  (t: number): number;
  /** What it was made of; absent when that is code. */
  readonly spec?: ScheduleSpec;
}

/** A rate as JSON; undefined for a function of the user's. */
export const rateSpec = (rate: number | Schedule): RateSpec | undefined =>
  typeof rate === "number" ? rate : rate.spec;

/** rate, at every update. */
export function constant(rate: number): Schedule {
  requirePositive("constant", "rate", rate);
  return withSpec(() => rate, { schedule: "constant", rate });
}

/** rate / (1 + decay · (t − 1)). With rate = 1 / (λ t₀) and decay = 1 / t₀ this is 1 / (λ (t − 1 + t₀)). */
export function inverseTime(rate: number, { decay }: { decay: number }): Schedule {
  requirePositive("inverseTime", "rate", rate);
  requireNonNegative("inverseTime", "decay", decay);
  return withSpec((t: number) => rate / (1 + decay * (t - 1)), { schedule: "inverseTime", rate, decay });
}

/** rate · factor^⌊(t − 1) / every⌋: a drop by `factor` after every `every` updates. */
export function step(rate: number, { factor = 0.1, every }: { factor?: number; every: number }): Schedule {
  requirePositive("step", "rate", rate);
  requirePositive("step", "factor", factor);
  requireSize("step", "every", every);
  const rateAt = (t: number): number => rate * power(factor, Math.floor((t - 1) / every));
  return withSpec(rateAt, { schedule: "step", rate, factor, every });
}

/** rate · factor^((t − 1) / every): a smooth decay by `factor` in `every` updates. */
export function exponential(rate: number, { factor = 0.1, every }: { factor?: number; every: number }): Schedule {
  requirePositive("exponential", "rate", rate);
  requirePositive("exponential", "factor", factor);
  requireSize("exponential", "every", every);
  const perUpdate = log(factor) / every;
  return withSpec((t: number) => rate * exp(perUpdate * (t - 1)), { schedule: "exponential", rate, factor, every });
}

/**
 * last + (rate − last) · ½ (1 + cos π (t − 1) / updates), and `last` from then on.
 *
 * @param last  the rate at the end, above 0 [rate / 100]
 *
 * Source: Loshchilov and Hutter, “SGDR: Stochastic Gradient Descent with Warm Restarts”, 2017 (one period).
 */
export function cosine(rate: number, { updates, last = rate / 100 }: { updates: number; last?: number }): Schedule {
  requirePositive("cosine", "rate", rate);
  requireSize("cosine", "updates", updates);
  requirePositive("cosine", "last", last);
  const rateAt = (t: number): number =>
    t > updates ? last : last + (rate - last) * 0.5 * (1 + cos((Math.PI * (t - 1)) / updates));
  return withSpec(rateAt, { schedule: "cosine", rate, updates, last });
}

/** rate(t) · min(1, t / updates): a linear start before any other schedule. */
export function warmUp(rate: number | Schedule, { updates }: { updates: number }): Schedule {
  if (typeof rate === "number") requirePositive("warmUp", "rate", rate);
  requireSize("warmUp", "updates", updates);
  const rateAt = typeof rate === "number" ? constant(rate) : rate;
  const spec = rateSpec(rate);
  const rising = (t: number): number => rateAt(t) * Math.min(1, t / updates);
  return withSpec(rising, spec === undefined ? spec : { schedule: "warmUp", rate: spec, updates });
}
