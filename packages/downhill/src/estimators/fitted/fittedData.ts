import type { Label } from "../../core/label.ts";
import type { History } from "../../training/state/history.ts";
import type { StopReason } from "../../training/stopping/stopRules.ts";
import type { Scaling } from "../fit/scaling.ts";

/** The kinds of models of a table. */
export type TableKind = "linear" | "logistic" | "softmax" | "network" | "svm";

/** A fitted model of a table as plain data. A saved model has the same content. */
export interface FittedData {
  /** The kind of the model. */
  readonly kind: TableKind;
  /** The options that determine the form of the model: hidden layers, activation, loss. */
  readonly settings: Readonly<Record<string, unknown>>;
  /**
   * The options of the fit, with the chosen defaults: l2, l1, batchSize, epochs, seed, standardize, optimizer; with validation rows
   * also their number, `validation`, and `patience`; with local epochs the number of ranks, `localEpochs`.
   */
  readonly options: Readonly<Record<string, string | number | boolean>>;
  /** Number of columns of X. */
  readonly features: number;
  /** Number of training rows, including those of each `partialFit`; 0 for coefficients of another program. */
  readonly rows: number;
  /** Mean squared norm of the training rows, each with a 1 for the intercept; null if columns are standardized. */
  readonly meanSquare: number | null;
  /** The names of the columns of X, if they have names. */
  readonly names: readonly string[] | null;
  /** The classes of a classifier, in the order of its scores. */
  readonly classes: readonly Label[] | null;
  /** The probability of the second of two classes from which `predict` returns it; absent: above ½. */
  readonly threshold?: number;
  /** The scaling of the columns of X; null without standardization. */
  readonly scaling: Scaling | null;
  /** The scaling of a regression's targets; null if they are not scaled. */
  readonly targetScaling: Scaling | null;
  /** All parameters. */
  readonly params: Float64Array;
  /** The values that the run recorded. */
  readonly history: History;
  /** Number of updates. */
  readonly updates: number;
  /** Why the run ended; "interrupted" if the caller ended it with `break`, "imported" for coefficients of another program. */
  readonly stopped: StopReason | "interrupted" | "imported";
}
