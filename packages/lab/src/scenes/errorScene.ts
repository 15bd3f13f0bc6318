// The errors of a model: which classes it confuses, or how far its numbers are from the true ones.

import { confusionMatrix as confusionChart, residualHistogram, type Spec } from "@downhill/plots";
import {
  confusionMatrix,
  type FittedClassifier,
  type FittedFactorization,
  type FittedRegression,
  type Label,
} from "downhill";
import type { LabRun } from "../state/labRun.ts";

/** The spec of the errors of the held-out rows, or of the training rows if none are held out; null where they are too large to draw. */
export function errorSpec(run: LabRun, model: FittedRegression | FittedClassifier | FittedFactorization): Spec | null {
  const rows = run.heldOut === null ? "training" : "held-out";
  if (run.holds === "ratings") {
    const { users, items, ratings } = run.heldOut ?? run.train;
    const predicted = (model as FittedFactorization).predict(users, items);
    return histogram(`Errors of the ${rows} ratings`, ratings, predicted);
  }
  const { X, y } = run.heldOut ?? run.train;
  if ("classes" in model) {
    const known = new Set<Label>(model.classes); // a class can have held-out rows only
    const all = [...known, ...new Set(Array.from<Label>(y).filter((label) => !known.has(label)))];
    const { counts, classes } = confusionMatrix(model.predict(X), y, all);
    return confusionChart({
      title: `Predicted and true classes of the ${rows} rows`,
      classes: classes.map(String),
      counts: counts.flat(),
    });
  }
  return histogram(`Errors of the ${rows} rows`, y as ArrayLike<number>, (model as FittedRegression).predict(X));
}

const LARGEST = 1e300; // a chart draws no larger numbers

function histogram(title: string, actual: ArrayLike<number>, predicted: ArrayLike<number>): Spec | null {
  const residuals = Float64Array.from(actual, (value, i) => value - predicted[i]!);
  return residuals.every((value) => Math.abs(value) < LARGEST) ? residualHistogram({ title, residuals }) : null;
}
