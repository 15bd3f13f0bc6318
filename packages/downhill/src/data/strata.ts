import { InputTypeError, requireSize } from "../core/check.ts";
import { classesOf, classIndex, type Label } from "../core/label.ts";

/** The class of each row, as a position in `sizes`. Without stratification all rows have the same class. */
export interface Strata {
  /** Number of rows. */
  readonly n: number;
  readonly classOf: Uint32Array;
  /** Rows of each class. */
  readonly sizes: number[];
}

/**
 * The classes of the rows to split.
 *
 * @param rows  the number of rows, or their labels
 * @throws TypeError for `stratify` without labels
 */
export function strata(functionName: string, rows: number | ArrayLike<Label>, stratify: boolean): Strata {
  const n = typeof rows === "number" ? rows : rows.length;
  requireSize(functionName, "rows", n, 2);
  const classOf = new Uint32Array(n);
  if (!stratify) return { n, classOf, sizes: [n] };
  if (typeof rows === "number") {
    throw new InputTypeError(
      `${functionName}: rows must be a list of labels with stratify: true, got ${rows}. Pass the labels, or leave out stratify.`,
    );
  }
  const classes = classesOf(functionName, rows);
  const position = classIndex(functionName, classes);
  const sizes = classes.map(() => 0);
  for (let row = 0; row < n; row++) {
    const k = position(rows[row]!);
    classOf[row] = k;
    sizes[k]! += 1;
  }
  return { n, classOf, sizes };
}
