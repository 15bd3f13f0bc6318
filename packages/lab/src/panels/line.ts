// The slope and the intercept of a line, and the parameters of the line through two points.

import type { FittedRegression } from "downhill";
import type { FittedAt } from "../training/fittedAt.ts";

/** A line y = slope · x + intercept. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/** The lines of a linear regression with one feature. */
export interface LinePart {
  readonly now: Line;
  /** The line with the lowest loss, where it is known. */
  readonly best: Line | null;
}

/** The line of a model with one feature, or null for other models. */
export function lineOf(model: FittedRegression): Line | null {
  if (model.features !== 1 || !("coefficients" in model)) return null;
  const [intercept, end] = model.predict([[0], [1]]);
  return { slope: end! - intercept!, intercept: intercept! };
}

/** The two parameters of a line. A model maps parameters to lines linearly, so three models give the map. */
export function paramsOfLine(fitted: FittedAt, { slope, intercept }: Line): Float64Array | null {
  const at = (...params: [number, number]): Line =>
    lineOf(fitted.model(Float64Array.from(params)) as FittedRegression)!;
  const [zero, one, two] = [at(0, 0), at(1, 0), at(0, 1)];
  const [a, b] = [one.slope - zero.slope, two.slope - zero.slope];
  const [c, d] = [one.intercept - zero.intercept, two.intercept - zero.intercept];
  const [u, v] = [slope - zero.slope, intercept - zero.intercept];
  const determinant = a * d - b * c;
  const params = Float64Array.of((d * u - b * v) / determinant, (a * v - c * u) / determinant);
  return params.every(Number.isFinite) ? params : null;
}
