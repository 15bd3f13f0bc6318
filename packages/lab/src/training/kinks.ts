// Where the units of the first hidden layer of a ReLU network bend, in the plane of two columns.

import type { LabState } from "../state/labState.ts";
import type { FittedAt } from "./fittedAt.ts";
import { layersOf, widthsOf } from "./parameterNames.ts";

/** A linear function of two columns: weights₁ x₁ + weights₂ x₂ + intercept. */
export interface PlaneFunction {
  readonly weights: readonly [number, number];
  readonly intercept: number;
}

/**
 * A linear function of two columns, from its weights for all columns: the others have their mean.
 *
 * @param weights  one weight for each column
 * @param means  the mean of each column
 */
export function inPlane(
  weights: ArrayLike<number>,
  intercept: number,
  means: ArrayLike<number>,
  [i, j]: readonly [number, number],
): PlaneFunction {
  const rest = Array.from(weights, (weight, k) => (k === i || k === j ? 0 : weight * means[k]!));
  return { weights: [weights[i]!, weights[j]!], intercept: rest.reduce((sum, value) => sum + value, intercept) };
}

/** For each unit the function that is 0 where the unit bends; none for other activations. @param means  the mean of each column */
export function kinksOf(
  state: LabState,
  { scaling }: FittedAt,
  params: Float64Array,
  means: ArrayLike<number>,
  shown: readonly [number, number],
): PlaneFunction[] {
  if (state.model.name !== "network" || state.model.options.activation !== "relu") return [];
  const columns = means.length;
  const { outputs } = layersOf(widthsOf(state, columns, params.length))[0]!;
  return Array.from({ length: outputs }, (_, unit) => {
    const scale = (j: number): number => scaling?.scale[j] ?? 1;
    const weights = Array.from({ length: columns }, (__, j) => params[unit * columns + j]! / scale(j));
    const shift = weights.reduce((sum, weight, j) => sum + weight * (scaling?.shift[j] ?? 0), 0);
    return inPlane(weights, params[outputs * columns + unit]! - shift, means, shown);
  });
}

/** Both ends of the line on which the function is 0, about as long as a rectangle; null if the line does not cross it. */
export function zeroLine(
  { weights: [a, b], intercept }: PlaneFunction,
  across: readonly [number, number],
  up: readonly [number, number],
): readonly [from: readonly [number, number], to: readonly [number, number]] | null {
  const corners = across.flatMap((x) => up.map((y) => a * x + b * y + intercept));
  if (!(Math.min(...corners) < 0 && Math.max(...corners) > 0)) return null;
  const [first, second] =
    Math.abs(a) * (across[1] - across[0]) < Math.abs(b) * (up[1] - up[0])
      ? across.map((x) => [x, -(a * x + intercept) / b] as const)
      : up.map((y) => [-(b * y + intercept) / a, y] as const);
  return [first!, second!];
}
