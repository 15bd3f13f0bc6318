import { requireKnown, requireOneOf, requireSize } from "../../core/check.ts";

/**
 * The solution is the mean of the parameters after each update, from some epoch on. It varies less than the last parameters
 * when updates on batches are noisy.
 *
 * Source: Polyak and Juditsky, 1992; Lacoste-Julien, Schmidt and Bach, 2012 (weight "t").
 */
export interface Averaging {
  /** The first epoch whose parameters are averaged: 0, 1, … [0] */
  readonly from?: number;
  /**
   * "uniform": all parameters count equally. "t": the j-th parameters count j times, so that the first ones soon count
   * little ["uniform"].
   */
  readonly weight?: "uniform" | "t";
}

/** @throws RangeError or TypeError for an averaging that is not possible. */
export function checkAveraging(average: Averaging): void {
  requireKnown("train", average, ["from", "weight"]);
  const { from = 0, weight = "uniform" } = average;
  requireSize("train", "average.from", from, 0);
  requireOneOf("train", "average.weight", weight, ["uniform", "t"]);
}

/** The first epoch whose parameters are averaged: 0, 1, …; Infinity without averaging. */
export const averagingFrom = (average: Averaging | undefined): number => (average ? (average.from ?? 0) : Infinity);

/** The fraction by which the average moves towards the j-th parameters (j = 1, 2, …). */
export const averagingFraction = (weight: "uniform" | "t" | undefined, j: number): number =>
  weight === "t" ? 2 / (j + 1) : 1 / j;
