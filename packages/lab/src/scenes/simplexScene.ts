// The rows of three classes at their predicted probabilities.

import { type Spec, simplex } from "@downhill/plots";
import type { FittedClassifier } from "downhill";
import type { TableRun } from "../state/labRun.ts";
import { drawnRows } from "./pictureRows.ts";

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
  });
}
