import { InputRangeError, InputTypeError, show } from "./check.ts";

/** The name of a class, of a user or of an item. */
export type Label = string | number | boolean;

const KINDS = ["boolean", "number", "string"];

/**
 * The distinct labels in a fixed order: false, true, then numbers by value, then text by character codes.
 *
 * @param name  the name of the labels in messages
 * @throws TypeError for a label that is not a boolean, a string or a finite number
 */
export function classesOf(functionName: string, labels: ArrayLike<Label>, name = "labels"): Label[] {
  const classes = new Set<Label>();
  let [last, other]: [Label, Label] = [Number.NaN, Number.NaN]; // labels that were found: a comparison is faster than the set
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label === last || label === other) continue;
    if (classes.has(label)) {
      [last, other] = [label, last];
      continue;
    }
    if (!KINDS.includes(typeof label) || (typeof label === "number" && !Number.isFinite(label))) {
      throw new InputTypeError(
        `${functionName}: ${name} must be strings, finite numbers or booleans, got ${show(label)} in row ${i}. ` +
          (Array.isArray(label)
            ? "Pass one label per row, not a list per row."
            : "Remove the row or supply its label."),
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
 * The number of rows of each label, in the order of first appearance.
 *
 * @param labels  one label per row
 *
 * @example
 * ```ts
 * import { countLabels } from "downhill";
 *
 * [...countLabels(["b", "a", "b"])]; // [["b", 2], ["a", 1]]
 * ```
 */
export function countLabels(labels: ArrayLike<Label>): Map<Label, number> {
  const positions = new Map<Label, number>();
  const counts: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    const k = positions.get(labels[i]!);
    if (k === undefined) positions.set(labels[i]!, counts.push(1) - 1);
    else counts[k]! += 1;
  }
  return new Map([...positions].map(([label, k]) => [label, counts[k]!]));
}

/**
 * A function that gives the position of a label in `classes`.
 *
 * @param remedy  the advice for a label that is not in `classes`
 * @throws RangeError if a class occurs twice, or for a label that is not in `classes`
 */
export function classIndex(
  functionName: string,
  classes: readonly Label[],
  remedy = "Remove the row, or add the label to classes.",
): (label: Label) => number {
  const positions = new Map(classes.map((label, k) => [label, k]));
  if (positions.size !== classes.length) {
    throw new InputRangeError(
      `${functionName}: classes must be distinct, got ${classes.length} of which ${positions.size} are distinct. Remove the repeats.`,
    );
  }
  const [first = Number.NaN, second = Number.NaN] = classes; // compared directly, because most tables have two classes
  return (label) => {
    if (label === second) return 1;
    if (label === first) return 0;
    const k = positions.get(label);
    if (k !== undefined) return k;
    throw new InputRangeError(
      `${functionName}: labels must be among the classes (${classes.map(show).join(", ")}), got ${show(label)}. ${remedy}`,
    );
  };
}
