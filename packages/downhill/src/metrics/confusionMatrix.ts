import { classesOf, classIndex, type Label } from "../core/label.ts";
import { requirePairs } from "./average.ts";

/** How often each class was taken for which: `counts[i][j]` rows of class i were predicted to be of class j. */
export interface Confusion {
  readonly classes: Label[];
  /** Rows are the true classes, columns the predicted ones, in the order of `classes`. */
  readonly counts: number[][];
}

/**
 * The confusion matrix of a classifier.
 *
 * @param classes  the order of rows and columns; when left out, all labels seen, sorted
 * @throws RangeError when lengths differ, there is no row or a label is not among the classes
 */
export function confusionMatrix(
  prediction: ArrayLike<Label>,
  target: ArrayLike<Label>,
  classes: readonly Label[] = classesOf("confusionMatrix", [...Array.from(target), ...Array.from(prediction)]),
): Confusion {
  requirePairs("confusionMatrix", prediction, target);
  const position = classIndex("confusionMatrix", classes);
  const counts = classes.map(() => classes.map(() => 0));
  for (let i = 0; i < target.length; i++) counts[position(target[i]!)]![position(prediction[i]!)]! += 1;
  return { classes: [...classes], counts };
}
