// How far the numbers of a model are from the true ones.

import { residualHistogram, type Spec } from "@downhill/plots";
import type { FittedFactorization, FittedRegression } from "downhill";
import type { LabRun } from "../state/labRun.ts";

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

const LARGEST = 1e300; // a chart draws no larger numbers

function histogram(title: string, actual: ArrayLike<number>, predicted: ArrayLike<number>): Spec | null {
  const residuals = Float64Array.from(actual, (value, i) => value - predicted[i]!);
  return residuals.every((value) => Math.abs(value) < LARGEST) ? residualHistogram({ title, residuals }) : null;
}
