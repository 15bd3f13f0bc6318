// The rows of three classes at their predicted probabilities.

import { type Spec, simplex } from "@downhill/plots";
import type { FittedClassifier, Matrix } from "downhill";
import { classOrder } from "../state/classOrder.ts";
import type { TableRun } from "../state/labRun.ts";
import { drawnRows } from "./pictureRows.ts";

const HEIGHT = Math.sqrt(3) / 2; // of a triangle with sides of length 1

/** The triangle of the probabilities, with all rows whose class was in the training; null where there are not three probabilities. */
export function simplexSpec(run: TableRun, model: FittedClassifier): Spec | null {
  if (model.classes.length !== 3 || model.kind === "svm") return null;
  const { X, y, hollow } = drawnRows(run.train, run.heldOut);
  const { data } = model.probabilities(X);
  const all = Array.from(y, (label) => model.classes.indexOf(label as never));
  const known = Array.from(all.keys()).filter((row) => all[row]! >= 0);
  return simplex({
    title: "Rows at their probabilities",
    shares: known.flatMap((row) => Array.from(data.subarray(3 * row, 3 * row + 3))),
    labels: known.map((row) => all[row]!),
    hollow: known.map((row) => hollow[row]!),
    classes: model.classes.map(String) as [string, string, string],
    order: classOrder(model.classes),
  });
}

/** Where rows are in the triangle, whose corners are at (0, 0), (1, 0) and (½, √3/2); null where there are not three probabilities. */
export function simplexPlaces(model: FittedClassifier, X: Matrix) {
  if (model.classes.length !== 3 || model.kind === "svm") return null;
  const { data } = model.probabilities(X);
  const place = (of: (second: number, third: number) => number): Float64Array =>
    Float64Array.from({ length: X.rows }, (_, i) => of(data[3 * i + 1]!, data[3 * i + 2]!));
  return { x: place((second, third) => second + third / 2), y: place((_, third) => third * HEIGHT) };
}
