import type { PredictorSpec } from "../../predictors/predictor.ts";
import type { ColumnShare } from "./curvatureReport.ts";

/** The name of the column that each parameter belongs to. */
export type Owners = (parameter: number) => string;

/** The owners of the d + 1 numbers of one output of linear scores, or of k outputs: their weights, then their intercepts. */
export const linearOwners =
  (d: number, k: number, names?: readonly string[]): Owners =>
  (at) =>
    at < k * d ? nameOf(at % d, names) : "intercept";

/**
 * The owners of the parameters of a predictor. The weights of a network's first layer belong to the columns, those of a later layer
 * to "layer 2", …; the parameters of a factorization belong to "user factors", "item factors", "user biases" and "item biases".
 */
export function ownersOf(spec: PredictorSpec, names?: readonly string[]): Owners {
  const number = (name: string): number => spec[name] as number;
  if (spec.predictor === "linear") return linearOwners(number("features"), number("outputs"), names);
  if (spec.predictor === "factors") {
    const rank = number("rank");
    const width = rank + (spec["biases"] ? 1 : 0);
    return (at) => `${at < number("users") * width ? "user" : "item"} ${at % width < rank ? "factors" : "biases"}`;
  }
  const d = number("features");
  const widths = [d, ...(spec["hidden"] as readonly number[]), number("outputs")];
  return (at) => {
    let from = 0;
    for (let l = 1; ; l++) {
      const weights = widths[l - 1]! * widths[l]!;
      if (at < from + weights) return l === 1 ? nameOf((at - from) % d, names) : `layer ${l}`;
      if (at < from + weights + widths[l]!) return "intercept";
      from += weights + widths[l]!;
    }
  };
}

const nameOf = (j: number, names?: readonly string[]): string => names?.[j] ?? `column ${j}`;

/** The share of each column in a direction of the parameters: its squares, divided by all squares. By falling share. */
export function columnShares(direction: ArrayLike<number>, ownerOf: Owners): ColumnShare[] {
  const squares = new Map<string, number>();
  let total = 0;
  for (let at = 0; at < direction.length; at++) {
    const square = direction[at]! * direction[at]!;
    const column = ownerOf(at);
    squares.set(column, (squares.get(column) ?? 0) + square);
    total += square;
  }
  if (total === 0) return [];
  return [...squares].map(([column, square]) => ({ column, share: square / total })).sort((a, b) => b.share - a.share);
}
