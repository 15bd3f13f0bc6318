import { InputRangeError, InputTypeError, requireNonNegative, show } from "../../core/check.ts";
import { classesOf, classIndex, type Label } from "../../core/label.ts";

/** Labels as class indices. */
export interface Indexed {
  readonly classes: readonly Label[];
  readonly indices: Float64Array;
}

/**
 * Labels as indices into their classes: the given ones, or those found.
 *
 * @throws RangeError when there are fewer than two classes, or a label is none of the given ones
 */
export function indexLabels(functionName: string, y: ArrayLike<Label>, given?: readonly Label[]): Indexed {
  if (given !== undefined && !Array.isArray(given)) {
    throw new InputTypeError(`${functionName}: classes must be an array of labels, got ${show(given)}. List them.`);
  }
  if (given !== undefined) classesOf(functionName, given);
  const classes = given ? [...given] : classesOf(functionName, y);
  if (classes.length < 2) {
    throw new InputRangeError(
      `${functionName}: labels must be of at least two classes, got ${classes.length} (${classes.map(show).join(", ")}). ` +
        "Supply rows of another class, or all classes as an option.",
    );
  }
  const position = classIndex(functionName, classes);
  return { classes, indices: Float64Array.from({ length: y.length }, (_, i) => position(y[i]!)) };
}

/** Class indices as one column of −1 (class 0) and +1 (class 1), or as one column per class, +1 in the own one. */
export function signsOf(indices: Float64Array, columns: number): Float64Array {
  if (columns === 1) return indices.map((index) => (index === 1 ? 1 : -1));
  const signs = new Float64Array(indices.length * columns).fill(-1);
  for (let i = 0; i < indices.length; i++) signs[i * columns + indices[i]!] = 1;
  return signs;
}

/** "balanced" (n / (classes · rows of the class)), or a number per class, by its label as text. */
export type ClassWeights = "balanced" | Readonly<Record<string, number>>;

/**
 * The weight of each class.
 *
 * @throws RangeError when a class has no weight, a weight has no class, or a weight is negative
 */
export function weightsOfClasses(functionName: string, weights: ClassWeights, { classes, indices }: Indexed): number[] {
  if (weights === "balanced") {
    const counts = classes.map(() => 0);
    for (const index of indices) counts[index]! += 1;
    return counts.map((count) => (count === 0 ? 0 : indices.length / (classes.length * count)));
  }
  if (weights === null || typeof weights !== "object") {
    throw new InputTypeError(
      `${functionName}: classWeights must be "balanced" or a number per class, got ${show(weights)}. Correct it.`,
    );
  }
  const names = classes.map(String);
  for (const name of Object.keys(weights)) {
    if (names.includes(name)) continue;
    throw new InputRangeError(
      `${functionName}: classWeights must name classes (${names.join(", ")}), got ${show(name)}. Correct it.`,
    );
  }
  return names.map((name) => {
    const weight = Object.hasOwn(weights, name) ? weights[name] : undefined;
    if (weight === undefined) {
      throw new InputRangeError(
        `${functionName}: classWeights must have a weight for every class, got none for ${show(name)}. Add it.`,
      );
    }
    requireNonNegative(functionName, `classWeights.${name}`, weight);
    return weight;
  });
}

/** @throws RangeError unless there are exactly two classes. */
export function requireTwo(functionName: string, model: string, classes: readonly Label[]): void {
  if (classes.length === 2) return;
  throw new InputRangeError(
    `${functionName}: labels of a ${model} model must be of two classes, got ${classes.length} ` +
      `(${classes.slice(0, 5).map(show).join(", ")}${classes.length > 5 ? ", …" : ""}). Use softmax for more.`,
  );
}
