import type { Remedy } from "../verdict/verdict.ts";

/**
 * A fact that explains a surprising result:
 * - "plottedLoss": the recorded batch losses, or the loss without the penalty, differ from the objective;
 * - "separable": a plane separates the classes;
 * - "deadUnits": hidden ReLU units are 0 for every row, so no gradient reaches them;
 * - "constant": the model is no better than constant scores, or predicts the most frequent class for every row;
 * - "collinear": columns are linear combinations of others;
 * - "noiseFloor": the height at which the noise of batches keeps the objective.
 */
export interface Finding {
  /** The name of the finding. */
  readonly code: "plottedLoss" | "separable" | "deadUnits" | "constant" | "collinear" | "noiseFloor";
  /** One plain sentence with the numbers. */
  readonly sentence: string;
  /** The numbers of the sentence, by name. */
  readonly numbers: Readonly<Record<string, number>>;
  /** For "collinear": the names of the columns. */
  readonly columns?: readonly string[];
  /** Changes that help, the most useful one first. */
  readonly remedies: readonly Remedy[];
}
