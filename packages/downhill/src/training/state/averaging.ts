import { requireKnown, requireOneOf, requireSize } from "../../core/check.ts";

/**
 * The mean of the parameters after each update, from epoch `from` on (0, 1, …) [0]: each counted once, or the j-th of
 * them j times (weight "t"), which forgets the start sooner.
 *
 * Source: Polyak and Juditsky, 1992; Lacoste-Julien, Schmidt and Bach, 2012 (weight t).
 */
export interface Averaging {
  readonly from?: number;
  readonly weight?: "uniform" | "t";
}

/** @throws RangeError or TypeError for an averaging that cannot be done. */
export function checkAveraging(average: Averaging): void {
  requireKnown("train", average, ["from", "weight"]);
  const { from = 0, weight = "uniform" } = average;
  requireSize("train", "average.from", from, 0);
  requireOneOf("train", "average.weight", weight, ["uniform", "t"]);
}

/** The first epoch whose parameters are averaged (0, 1, …); without averaging there is none. */
export const averagingFrom = (average: Averaging | undefined): number => (average ? (average.from ?? 0) : Infinity);

/** How far the average moves towards the j-th parameters (j = 1, 2, …). */
export const averagingFraction = (weight: "uniform" | "t" | undefined, j: number): number =>
  weight === "t" ? 2 / (j + 1) : 1 / j;
