// The positive class of a target with two classes. Precision, recall, the ROC curve and the coefficients refer to it.
import type { Label } from "downhill";
import { UsageError } from "../errors/errors.ts";
import { list, show } from "../errors/quoting.ts";

/** The two classes of a target, the positive class second, and the reason for this order. */
export interface TwoClasses {
  readonly classes: readonly [negative: Label, positive: Label];
  readonly reason: string;
}

/**
 * The two classes of a target; null for any other target, such as numbers (`counts`, the rows of each class, is then null). The positive class is the class of --positive, or the rarer
 * class. If both are equally frequent, it is true, the larger number, or the later text.
 *
 * @throws UsageError if --positive is not a class, or the target does not have two classes
 */
export function twoClassesOf(
  counts: ReadonlyMap<Label, number> | null,
  request: string | undefined,
): TwoClasses | null {
  const labels = [...(counts?.keys() ?? [])].sort((a, b) => (a < b ? -1 : 1));
  if (labels.length !== 2) {
    if (request === undefined) return null;
    const got = labels.length === 0 ? "contains numbers" : `has ${labels.length} classes`;
    throw new UsageError(
      `train: --positive needs a target with two classes, but this target ${got}. Leave out --positive.`,
    );
  }
  const [first, second] = labels as [Label, Label];
  if (request !== undefined) {
    const positive = labels.find((label) => String(label) === request);
    if (positive === undefined) {
      throw new UsageError(
        `train: --positive must be one of the classes ${list(labels)}, got ${show(request)}. Choose one of these.`,
      );
    }
    return { classes: positive === first ? [second, first] : [first, second], reason: "set with --positive" };
  }
  const [a, b] = [counts!.get(first)!, counts!.get(second)!];
  if (a === b) return { classes: [first, second], reason: "both are equally frequent" };
  return { classes: a < b ? [second, first] : [first, second], reason: "the rarer class" };
}
