import { classesOf, classIndex, type Label } from "../core/label.ts";
import { requirePairs } from "./average.ts";

/** A confusion matrix: `counts[i][j]` rows of class i are predicted as class j. */
export interface Confusion {
  /** The classes, in the order of the rows and columns. */
  readonly classes: Label[];
  /** One row per true class, one column per predicted class. */
  readonly counts: number[][];
}

/**
 * Confusion matrix: counts the rows of each true class by their predicted class.
 *
 * @param prediction  n predicted labels
 * @param target  n true labels
 * @param classes  the order of rows and columns [all labels, sorted]
 * @throws RangeError if the lengths differ, there is no row or a label is not among the classes
 *
 * @example
 * ```ts
 * import { confusionMatrix } from "downhill";
 *
 * confusionMatrix(["a", "a", "b"], ["a", "b", "b"]).counts; // [[1, 0], [1, 1]]
 * ```
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
