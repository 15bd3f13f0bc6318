import { InputTypeError, requireSize } from "../core/check.ts";
import { classesOf, classIndex, type Label } from "../core/label.ts";

/** Rows by class: `classOf[row]` is a position in `sizes`. Without stratification all rows are of one class. */
export interface Strata {
  readonly n: number;
  readonly classOf: Uint32Array;
  readonly sizes: number[];
}

/**
 * The classes that a split has to respect.
 *
 * @param rows  how many rows there are, or their labels
 * @throws TypeError when stratify is asked for without labels
 */
export function strata(functionName: string, rows: number | ArrayLike<Label>, stratify: boolean): Strata {
  const n = typeof rows === "number" ? rows : rows.length;
  requireSize(functionName, "rows", n, 2);
  const classOf = new Uint32Array(n);
  if (!stratify) return { n, classOf, sizes: [n] };
  if (typeof rows === "number") {
    throw new InputTypeError(
      `${functionName}: rows must be labels when stratify is true, got ${rows}. Pass y, or drop stratify.`,
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
