// Coefficients of linear models. The bars show the effect of one standard deviation of each column over the training
// rows, because coefficients per unit of columns with different units cannot be compared. The table shows the coefficient and the effect.
import { coefficients as chart } from "@downhill/plots";
import type { EstimatorModel, LinearParts, Matrix, SparseMatrix } from "downhill";
import { isClassifier } from "../../model/metrics.ts";
import type { LabelledRows, NumberedRows } from "../../model/rows.ts";
import type { Picture } from "../figure.ts";

/** One score's coefficients: in units of the columns, and per standard deviation. */
export interface Weights {
  /** The class that a higher score makes more probable; null for a regression. */
  readonly label: string | null;
  /** Whether the score is the logarithm of the prediction. */
  readonly logarithm: boolean;
  readonly names: readonly string[];
  readonly values: Float64Array;
  readonly perDeviation: Float64Array;
  readonly intercept: number;
}

const MAX_SCORES = 4;
const MAX_BARS = 40;
/** The largest number of coefficients in a table. */
export const MAX_TABLE = 1000;

/** The coefficients of a linear model, one set per score; none for the others. */
export function weightsOf(
  fitted: EstimatorModel,
  { X, columnNames }: Pick<LabelledRows | NumberedRows, "X" | "columnNames">,
): Weights[] {
  if (!("coefficients" in fitted)) return [];
  const { coefficients, intercepts } = fitted as LinearParts;
  const deviations = "indptr" in X ? sparseDeviations(X) : deviationsOf(X);
  const names = X.names ?? columnNames ?? Array.from({ length: X.columns }, (_, j) => `x${j + 1}`);
  const logarithm = (fitted.settings as { loss?: unknown }).loss === "poisson";
  const classes = isClassifier(fitted) ? fitted.classes.map(String) : null;
  return Array.from(intercepts, (intercept, k) => {
    const values = Float64Array.from(coefficients.data.subarray(k * X.columns, (k + 1) * X.columns));
    const perDeviation = values.map((value, j) => value * deviations[j]!);
    const label = classes === null ? null : intercepts.length === 1 ? classes[1]! : classes[k]!;
    return { label, logarithm, names, values, perDeviation, intercept };
  });
}

/** Bars of the largest coefficients. More than 4 classes have no chart: their coefficients are in the table. */
export function weightPictures(weights: readonly Weights[], target: string): Picture[] {
  if (weights.length === 0 || weights.length > MAX_SCORES) return [];
  return weights.map(({ label, logarithm, names, perDeviation }) => {
    const order = names
      .map((_, j) => j)
      .sort((a, b) => Math.abs(perDeviation[b]!) - Math.abs(perDeviation[a]!) || a - b);
    const shown = order.slice(0, MAX_BARS);
    const left = names.length - shown.length;
    const spec = chart({
      title: label === null ? `Coefficients: what raises ${target}` : `Coefficients: what raises the score of ${label}`,
      names: shown.map((j) => names[j]!),
      values: shown.map((j) => perDeviation[j]!),
      xName: `Change of ${label !== null ? "the score" : logarithm ? `the logarithm of ${target}` : target} per standard deviation`,
    });
    const remark =
      left === 0
        ? undefined
        : names.length > MAX_TABLE
          ? `${left} smaller coefficients are not shown.`
          : `The table of coefficients also has the ${left} smallest.`;
    return { spec, full: weights.length === 1, ...(remark === undefined ? {} : { remark }) };
  });
}

function sparseDeviations({ indices, values, rows, columns }: SparseMatrix): Float64Array {
  const means = new Float64Array(columns);
  const counts = new Uint32Array(columns);
  const squares = new Float64Array(columns);
  for (let e = 0; e < indices.length; e++) means[indices[e]!]! += values[e]! / rows;
  for (let e = 0; e < indices.length; e++) {
    const column = indices[e]!;
    counts[column]!++;
    squares[column]! += (values[e]! - means[column]!) ** 2 / rows;
  }
  return squares.map((sum, j) => Math.sqrt(sum + ((rows - counts[j]!) / rows) * means[j]! ** 2));
}

function deviationsOf({ data, rows, columns }: Matrix): Float64Array {
  const means = new Float64Array(columns);
  const squares = new Float64Array(columns);
  for (let i = 0; i < data.length; i++) means[i % columns]! += data[i]! / rows;
  for (let i = 0; i < data.length; i++) {
    const off = data[i]! - means[i % columns]!;
    squares[i % columns]! += (off * off) / rows;
  }
  return squares.map(Math.sqrt);
}
