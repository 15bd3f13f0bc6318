// Which classes a model confuses, and the rows of a cell.

import { confusionMatrix, type FittedClassifier, type Label, type Matrix } from "downhill";
import { drawnRows, shownRows } from "../scenes/pictureRows.ts";
import { classOrder } from "../state/classOrder.ts";
import type { TableRun } from "../state/labRun.ts";

/** Predicted and true classes. */
export interface ConfusionPart {
  readonly classes: readonly string[];
  /** The number of rows of each true class, by predicted class. */
  readonly counts: readonly (readonly number[])[];
  readonly rows: "training" | "held-out";
  /** The threshold of two classes; null where the class with the highest score is predicted. */
  readonly threshold: number | null;
}

/** A cell: the numbers of the true and of the predicted class. */
export type ConfusionCell = readonly [actual: number, predicted: number];

/** The predicted classes; of two classes with probabilities, the second one from a threshold on. */
export function predictedClasses(model: FittedClassifier, X: Matrix, threshold: number): Label[] {
  if (!hasThreshold(model)) return model.predict(X);
  const { data } = model.probabilities(X);
  return Array.from({ length: X.rows }, (_, i) => model.classes[data[2 * i + 1]! >= threshold ? 1 : 0]!);
}

const hasThreshold = ({ classes, kind }: FittedClassifier): boolean => classes.length === 2 && kind !== "svm";

/** The classes of a model and those that only held-out rows have, in the order of the page. */
function allClasses(model: FittedClassifier, { heldOut }: TableRun): Label[] {
  const all = [...new Set<Label>([...model.classes, ...Array.from<Label>(heldOut?.y ?? [])])];
  return classOrder(all).map((k) => all[k]!);
}

/** The confusion of the held-out rows, or of the training rows if none are held out. */
export function confusionOf(run: TableRun, model: FittedClassifier, threshold: number): ConfusionPart {
  const { X, y } = run.heldOut ?? run.train;
  const labels = y as readonly Label[];
  const { counts, classes } = confusionMatrix(predictedClasses(model, X, threshold), labels, allClasses(model, run));
  return {
    classes: classes.map(String),
    counts,
    rows: run.heldOut === null ? "training" : "held-out",
    threshold: hasThreshold(model) ? threshold : null,
  };
}

/**
 * Whether a drawn row has a wrong class; a held-out class that the training rows do not have is always wrong. A row whose classes are
 * equally probable, as all rows are for a model that starts at zeros, has no class yet.
 */
export function wrongRows(
  { train, heldOut }: TableRun,
  model: FittedClassifier,
  threshold: number,
): (row: number) => boolean {
  let known: boolean[] | null = null; // most pictures of a frame are not drawn
  return (row) => {
    if (known === null) {
      const { X, y } = drawnRows(train, heldOut);
      const { data, columns } = model.probabilities(X);
      const hasClass = (i: number): boolean =>
        data.subarray(i * columns, (i + 1) * columns).some((value) => value !== data[i * columns]);
      known = predictedClasses(model, X, threshold).map((label, i) => label !== y[i] && hasClass(i));
    }
    return known[row]!;
  };
}

/** Whether a drawn row is in a cell. The drawn rows are training rows, then held-out rows. */
export function rowsOfCell(
  run: TableRun,
  model: FittedClassifier,
  threshold: number,
  [actual, predicted]: ConfusionCell,
): (row: number) => boolean {
  const { X, y } = shownRows(run.heldOut ?? run.train);
  const classes = allClasses(model, run);
  const found = predictedClasses(model, X, threshold);
  const before = run.heldOut === null ? 0 : shownRows(run.train).X.rows;
  return (row) => y[row - before] === classes[actual] && found[row - before] === classes[predicted];
}
