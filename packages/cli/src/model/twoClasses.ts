// Which of two classes is the positive one: the one that precision, recall, the ROC curve and the coefficients are about.
import type { Label } from "downhill";
import { UsageError } from "../errors/errors.ts";
import { list, show } from "../errors/quoting.ts";
import { countLabels, type Rows } from "./rows.ts";

/** The two classes of a target, the positive one second, and why it is that one. */
export interface TwoClasses {
  readonly classes: readonly [negative: Label, positive: Label];
  readonly reason: string;
}

/**
 * The classes of a target of two: the positive one is that of --positive, else the rarer, else (as often as the other) the
 * later: true, the larger number, the later text. Null for other targets.
 *
 * @throws UsageError for a request that is no class, or a target that is not of two classes
 */
export function twoClassesOf(rows: Rows, request: string | undefined): TwoClasses | null {
  const counts = countLabels(rows.task === "classification" ? rows.y : []);
  const labels = [...counts.keys()].sort((a, b) => (a < b ? -1 : 1));
  if (labels.length !== 2) {
    if (request === undefined) return null;
    const got = labels.length === 0 ? "numbers" : `${labels.length} classes`;
    throw new UsageError(`train: --positive must go with a target of two classes, got one of ${got}. Leave it out.`);
  }
  const [first, second] = labels as [Label, Label];
  if (request !== undefined) {
    const positive = labels.find((label) => String(label) === request);
    if (positive === undefined) {
      throw new UsageError(
        `train: --positive must be a class of the target, got ${show(request)}. Choose ${list(labels)}.`,
      );
    }
    return { classes: positive === first ? [second, first] : [first, second], reason: "chosen with --positive" };
  }
  const [a, b] = [counts.get(first)!, counts.get(second)!];
  if (a === b) return { classes: [first, second], reason: "both occur as often" };
  return { classes: a < b ? [second, first] : [first, second], reason: "the rarer" };
}
