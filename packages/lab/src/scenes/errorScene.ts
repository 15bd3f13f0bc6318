// How far the numbers of a model are from the true ones.

import { residualHistogram, type Spec, scatterLine } from "@downhill/plots";
import type { FittedFactorization, FittedRegression } from "downhill";
import type { LabRun } from "../state/labRun.ts";
import { isDrawable } from "./drawable.ts";
import { shownRows } from "./pictureRows.ts";

/** The spec of the errors of the held-out rows, or of the training rows if none are held out; null where they are too large to draw. */
export function errorSpec(run: LabRun, model: FittedRegression | FittedFactorization): Spec | null {
  const rows = run.heldOut === null ? "training" : "held-out";
  if (run.holds === "ratings") {
    const { users, items, ratings } = run.heldOut ?? run.train;
    const predicted = (model as FittedFactorization).predict(users, items);
    return histogram(`Errors of the ${rows} ratings`, ratings, predicted);
  }
  const { X, y } = run.heldOut ?? run.train;
  return histogram(`Errors of the ${rows} rows`, y as ArrayLike<number>, (model as FittedRegression).predict(X));
}

/**
 * The spec of the errors of the held-out rows over their predictions, or of the training rows if none are held out; null for ratings, and
 * where they are too large to draw.
 */
export function residualSpec(run: LabRun, model: FittedRegression): Spec | null {
  if (run.holds === "ratings") return null;
  const { X, y } = shownRows(run.heldOut ?? run.train);
  const x = model.predict(X);
  const errors = Float64Array.from(y as ArrayLike<number>, (value, i) => value - x[i]!);
  if (![...x, ...errors].every(isDrawable)) return null;
  return scatterLine({
    title: "Errors over the predictions",
    ...{ x, y: errors, xName: "predicted", yName: "actual − predicted", pointsName: "rows" },
    reference: { slope: 0, intercept: 0, name: "no error" },
  });
}

function histogram(title: string, actual: ArrayLike<number>, predicted: ArrayLike<number>): Spec | null {
  const residuals = Float64Array.from(actual, (value, i) => value - predicted[i]!);
  return residuals.every(isDrawable) ? residualHistogram({ title, residuals }) : null;
}
