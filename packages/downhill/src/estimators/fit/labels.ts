import { InputRangeError, InputTypeError, listed, requireNonNegative, show } from "../../core/check.ts";
import { classesOf, classIndex, type Label } from "../../core/label.ts";

/** Classes, and for each row the index of its class. */
export interface IndexedLabels {
  readonly classes: readonly Label[];
  readonly indices: Float64Array;
}

/**
 * Indexes the labels: in the passed classes, or in the distinct labels.
 *
 * @param remedy  the advice for a label that is not in the passed classes
 * @throws RangeError for fewer than two classes or a label that is not in the passed classes
 */
export function indexLabels(
  functionName: string,
  y: ArrayLike<Label>,
  passed?: readonly Label[],
  remedy?: string,
): IndexedLabels {
  if (passed !== undefined && !Array.isArray(passed)) {
    throw new InputTypeError(
      `${functionName}: classes must be an array of labels, got ${show(passed)}. Pass classes: ["no", "yes"], for example.`,
    );
  }
  const pair = passed === undefined ? pairOf(y) : null;
  if (pair) return pair;
  if (passed !== undefined) classesOf(functionName, passed);
  const classes = passed ? [...passed] : classesOf(functionName, y);
  if (classes.length < 2) {
    throw new InputRangeError(
      `${functionName}: labels must have at least two classes, got ${classes.length} (${classes.map(show).join(", ")}). ` +
        "Supply rows of another class, or pass all classes with the option classes.",
    );
  }
  const position = classIndex(functionName, classes, remedy);
  const indices = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) indices[i] = position(y[i]!);
  return { classes, indices };
}

/** The same for numbers of two values; null for other labels. It has no branches, so it takes a fraction of the time. */
function pairOf(y: ArrayLike<Label>): IndexedLabels | null {
  if (!(y instanceof Float64Array)) return null;
  const first = y[0]!;
  const other = y.find((label) => label !== first);
  if (other === undefined) return null;
  const low = Math.min(first, other) + 0; // 0 instead of −0
  const high = Math.max(first, other) + 0;
  const indices = new Float64Array(y.length);
  let wrong = 0; // it becomes NaN for a label that is not finite
  for (let i = 0; i < y.length; i++) {
    const above = Math.abs(y[i]! - low);
    wrong += Math.min(above, Math.abs(y[i]! - high));
    indices[i] = above / (high - low);
  }
  return wrong === 0 && high - low < Infinity ? { classes: [low, high], indices } : null;
}

/**
 * Signs of class indices. One column: −1 for class 0, +1 for class 1; they overwrite the indices. A column per class: +1 in the column of
 * the class, else −1.
 */
export function signsOf(indices: Float64Array, columns: number): Float64Array {
  const signs = columns === 1 ? indices : new Float64Array(indices.length * columns).fill(-1);
  if (columns === 1) for (let i = 0; i < indices.length; i++) indices[i] = 2 * indices[i]! - 1;
  else for (let i = 0; i < indices.length; i++) signs[i * columns + indices[i]!] = 1;
  return signs;
}

/** "balanced": the weight of a class is n / (classes · rows of the class). Or a number for each class, by its label as text. */
export type ClassWeights = "balanced" | Readonly<Record<string, number>>;

/** The number of rows of each class. */
export function countsOf({ classes, indices }: IndexedLabels): number[] {
  const counts = classes.map(() => 0);
  for (const index of indices) counts[index]! += 1;
  return counts;
}

/**
 * The weight of each class.
 *
 * @throws RangeError if a class has no weight, a weight has no class, or a weight is negative
 */
export function weightsOfClasses(
  functionName: string,
  weights: ClassWeights,
  { classes, counts }: { readonly classes: readonly Label[]; readonly counts: readonly number[] },
): number[] {
  if (weights === "balanced") {
    const rows = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => (count === 0 ? 0 : rows / (classes.length * count)));
  }
  if (weights === null || typeof weights !== "object") {
    throw new InputTypeError(
      `${functionName}: classWeights must be "balanced" or a number per class, got ${show(weights)}. Pass { no: 1, yes: 2 }, for example.`,
    );
  }
  const names = classes.map(String);
  const has = (name: string): boolean => Object.hasOwn(weights, name);
  const wrong = Object.keys(weights).find((name) => !names.includes(name)) ?? names.find((name) => !has(name));
  if (wrong !== undefined) {
    throw new InputRangeError(
      `${functionName}: classWeights must have one number per class (${names.join(", ")}), ` +
        `got ${has(wrong) ? "one" : "none"} for ${show(wrong)}. Pass one for each of these classes.`,
    );
  }
  return names.map((name) => {
    requireNonNegative(functionName, `classWeights.${name}`, weights[name]!);
    return weights[name]!;
  });
}

/** @throws RangeError unless there are two classes */
export function requireTwo(functionName: string, classes: readonly Label[]): void {
  if (classes.length === 2) return;
  throw new InputRangeError(
    `${functionName}: labels must have two classes for logisticRegression, got ${classes.length} (${listed(classes.map(show), 5)}). ` +
      "Use softmaxRegression.",
  );
}
