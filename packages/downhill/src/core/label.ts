import { InputRangeError, InputTypeError, show } from "./check.ts";

/** The name of a class. */
export type Label = string | number | boolean;

const KINDS = ["boolean", "number", "string"];

/**
 * The different labels in a fixed order: false before true, then numbers by value, then text by its character codes.
 *
 * @throws TypeError when a label is not a boolean, a text or a finite number
 */
export function classesOf(functionName: string, labels: ArrayLike<Label>): Label[] {
  const classes = new Set<Label>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!KINDS.includes(typeof label) || (typeof label === "number" && !Number.isFinite(label))) {
      throw new InputTypeError(
        `${functionName}: labels must be text, finite numbers or booleans, got ${show(label)} in row ${i}. ` +
          "Remove the row or supply its label.",
      );
    }
    classes.add(label);
  }
  return [...classes].sort((a, b) => {
    const kinds = KINDS.indexOf(typeof a) - KINDS.indexOf(typeof b);
    if (kinds !== 0) return kinds;
    return a < b ? -1 : 1;
  });
}

/**
 * The position of a label among the classes.
 *
 * @throws RangeError when a class occurs twice, or the label is none of them
 */
export function classIndex(functionName: string, classes: readonly Label[]): (label: Label) => number {
  const positions = new Map(classes.map((label, k) => [label, k]));
  if (positions.size !== classes.length) {
    throw new InputRangeError(
      `${functionName}: classes must be different, got ${classes.length} with ${positions.size} different. Drop the repeats.`,
    );
  }
  return (label) => {
    const k = positions.get(label);
    if (k !== undefined) return k;
    throw new InputRangeError(
      `${functionName}: labels must be among classes (${classes.map(show).join(", ")}), got ${show(label)}. Add the class.`,
    );
  };
}
