// Curves of a run beside its loss: all thresholds of two classes, and quantities over time.

import { lineChart, precisionRecall, roc, type Spec } from "@downhill/plots";
import {
  type FittedClassifier,
  type FittedFactorization,
  type FittedRegression,
  type Label,
  precisionRecallCurve,
  rocCurve,
  rootMeanSquaredError,
  rSquared,
} from "downhill";
import type { LabRun, TableRun } from "../state/labRun.ts";
import type { AnyFitted } from "../training/fittedAt.ts";
import { isDrawable } from "./drawable.ts";

/** The ROC curve, or the precision against the recall. */
type CurveKind = "roc" | "precision";

/** The scores of the held-out rows, or of the training rows, with the points of all thresholds; null where there is no curve. */
function curveOf(kind: CurveKind, run: TableRun, model: FittedClassifier) {
  const rows = run.heldOut ?? run.train;
  const labels = rows.y as readonly Label[];
  const positive = model.classes[1];
  const count = labels.filter((label) => label === positive).length;
  if (positive === undefined || model.classes.length > 2 || count === 0 || count === labels.length) return null;
  const { data } = model.probabilities(rows.X);
  const scores = Float64Array.from(labels, (_, i) => data[2 * i + 1]!);
  if (!scores.every(Number.isFinite)) return null;
  const name = run.heldOut === null ? "training rows" : "held-out rows";
  const common = { name, labels, positive, count, scores };
  if (kind === "roc") {
    const { falsePositiveRate, truePositiveRate, thresholds } = rocCurve(scores, labels, positive);
    return { ...common, x: falsePositiveRate, y: truePositiveRate, thresholds };
  }
  const { precision, recall, thresholds } = precisionRecallCurve(scores, labels, positive);
  return { ...common, x: recall, y: precision, thresholds };
}

/** The ROC curve or the precision against the recall of two classes, with the point of the threshold; null where there is none. */
export function thresholdSpec(kind: CurveKind, run: TableRun, model: FittedClassifier, threshold: number): Spec | null {
  const curve = curveOf(kind, run, model);
  if (curve === null) return null;
  const { name, labels, positive, count, scores, x, y } = curve;
  const found = Array.from(scores, (score) => score >= threshold);
  const right = found.filter((isFound, i) => isFound && labels[i] === positive).length;
  const all = found.filter(Boolean).length;
  if (kind === "roc") {
    const point = [(all - right) / (labels.length - count), right / count] as const;
    return roc({ title: "ROC curve", curves: [{ name, falsePositiveRate: x, truePositiveRate: y }], point });
  }
  return precisionRecall({
    title: "Precision and recall",
    curves: [{ name, precision: y, recall: x }],
    positiveShare: count / labels.length,
    point: [right / count, all === 0 ? 1 : right / all],
  });
}

/** Where rows are on a curve: at the point whose threshold is their own score; null where there is no curve. */
export function thresholdPlaces(kind: CurveKind, run: TableRun, model: FittedClassifier) {
  const curve = curveOf(kind, run, model);
  if (curve === null) return null;
  const points = new Map(Array.from(curve.thresholds, (threshold, k) => [threshold, k]));
  const place = (values: Float64Array): Float64Array => curve.scores.map((score) => values[points.get(score)!]!);
  return { x: place(curve.x), y: place(curve.y) };
}

/** The name of the metric of a run. */
export const metricName = (run: LabRun): string =>
  run.holds === "classes" ? "Accuracy" : run.holds === "numbers" ? "R²" : "Root mean squared error";

/** The metric of a fitted model on the held-out rows, or on the training rows. */
export function metricOf(run: LabRun, model: AnyFitted): number {
  if (run.holds === "ratings") {
    const { users, items, ratings } = run.heldOut ?? run.train;
    return rootMeanSquaredError((model as FittedFactorization).predict(users, items), ratings);
  }
  const { X, y } = run.heldOut ?? run.train;
  if (run.holds === "numbers") return rSquared((model as FittedRegression).predict(X), y as Float64Array);
  const predicted = (model as FittedClassifier).predict(X);
  return predicted.filter((label, i) => label === y[i]).length / predicted.length;
}

/** Quantities over the updates, stacked if they are parts of a sum; values that cannot be drawn are left out, and the text counts them. */
export function overTimeSpec(
  title: string,
  updates: readonly number[],
  lines: readonly { readonly name: string; readonly values: readonly number[] }[],
  stacked = false,
): { readonly spec: Spec | null; readonly text: string } {
  const isShown = (own: readonly number[], i: number): boolean =>
    stacked ? lines.every(({ values }) => isDrawable(values[i]!)) : isDrawable(own[i]!);
  const drawn = lines.map(({ name, values }) => ({
    name,
    x: updates.filter((_, i) => isShown(values, i)),
    y: values.filter((_, i) => isShown(values, i)),
  }));
  const missing = lines.reduce((sum, { values }) => sum + values.filter((value) => !isDrawable(value)).length, 0);
  const text = missing === 0 ? "" : `${missing} values are too large to draw, or are not numbers.`;
  const some = drawn.filter(({ x }) => x.length > 0);
  if (some.length === 0) return { spec: null, text: text === "" ? "There are no values yet." : text };
  return {
    spec: lineChart({
      title,
      lines: some,
      stacked,
      xName: "Updates",
      yName: lines.length === 1 ? lines[0]!.name : "Loss",
    }),
    text,
  };
}
