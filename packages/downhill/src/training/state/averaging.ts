import { requireKnown, requireOneOf, requireSize } from "../../core/check.ts";

/** How the weight of the j-th parameters grows with j: not at all, like j, or like j⁸. */
export type AverageWeight = "uniform" | "t" | "t8";

const POWERS: Readonly<Record<AverageWeight, number>> = { uniform: 0, t: 1, t8: 8 };

/**
 * The solution is the mean of the parameters after each update, from some epoch on. It varies less than the last parameters
 * when updates on batches are noisy.
 *
 * Source: Polyak and Juditsky, 1992; Lacoste-Julien, Schmidt and Bach, 2012 (weight "t"); Shamir and Zhang, 2013 (weight "t8").
 */
export interface Averaging {
  /** The first epoch whose parameters are averaged: 0, 1, … [0] */
  readonly from?: number;
  /**
   * "uniform": all parameters count equally. "t": the j-th parameters count j times, so that the first ones soon count
   * little. "t8": the weight of the j-th parameters is (j + 7)! / (j − 1)!, about j⁸, so that the last fifth of the updates
   * has most of the weight ["uniform"].
   */
  readonly weight?: AverageWeight;
}

/** @throws RangeError or TypeError for an averaging that is not possible. */
export function checkAveraging(average: Averaging): void {
  requireKnown("train", average, ["from", "weight"]);
  const { from = 0, weight = "uniform" } = average;
  requireSize("train", "average.from", from, 0);
  requireOneOf("train", "average.weight", weight, Object.keys(POWERS));
}

/** The first epoch whose parameters are averaged: 0, 1, …; Infinity without averaging. */
export const averagingFrom = (average: Averaging | undefined): number => (average ? (average.from ?? 0) : Infinity);

/** The fraction by which the average moves towards the j-th parameters (j = 1, 2, …). */
export function averagingFraction(weight: AverageWeight = "uniform", j: number): number {
  const power = POWERS[weight];
  return (power + 1) / (power + j);
}
