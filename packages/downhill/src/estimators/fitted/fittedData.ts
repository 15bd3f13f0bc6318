// What every fitted model of a table is made of, and what it can say of itself. A saved model holds just this.
import type { Label } from "../../core/label.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { History } from "../../training/state/history.ts";
import type { StopReason } from "../../training/stopping/stopRules.ts";
import type { Scaling } from "../fit/scaling.ts";
import { unscaled } from "../fit/scaling.ts";

export type TableKind = "linear" | "logistic" | "softmax" | "network" | "svm";

/** A fitted model as data. */
export interface FittedData {
  readonly kind: TableKind;
  /** What shapes the model beside the data: hidden layers, activation, loss. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The options of its descent, resolved: l2, l1, batchSize, epochs, seed, standardize, optimizer. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
  /** Features of X. */
  readonly features: number;
  /** Rows trained on, those of every partialFit included. */
  readonly rows: number;
  /** Mean squared length of those rows, the 1 of the intercept included, where columns are not standardized; else null. */
  readonly meanSquare: number | null;
  /** The columns of X by name, where they had names. */
  readonly names: readonly string[] | null;
  /** The classes of a classifier, in the order of its scores. */
  readonly classes: readonly Label[] | null;
  readonly scaling: Scaling | null;
  /** Of a regression target. */
  readonly targetScaling: Scaling | null;
  readonly params: Float64Array;
  readonly history: History;
  readonly updates: number;
  /** Why the fit ended; "interrupted" when the caller broke off. */
  readonly stopped: StopReason | "interrupted";
}

/** What every fitted model of a table offers. It is immutable: partialFit returns another, and what it shows is frozen. */
export interface FittedTable {
  readonly kind: TableKind;
  readonly settings: FittedData["settings"];
  readonly options: FittedData["options"];
  readonly features: number;
  /** Rows trained on, those of every partialFit included; validation rows are not. */
  readonly rows: number;
  readonly names: readonly string[] | null;
  readonly history: History;
  readonly updates: number;
  readonly stopped: FittedData["stopped"];
  /** All parameters, of the standardized columns where the fit standardized; a copy. */
  params(): Float64Array;
  /** The model as data for JSON.stringify; `load` brings it back. */
  toJSON(): unknown;
}

/** Linear scores in the units of the user's columns: z_c = intercepts_c + Σ_j coefficients_cj x_j. */
export interface LinearParts {
  /** One row per score; ±Infinity where float64 cannot hold it, as for a large target and a column of 1e-290. */
  readonly coefficients: Matrix;
  readonly intercepts: Float64Array;
}

/** The coefficients of a model over `linear`, with the columns' scaling undone. */
export function linearParts({ params, features, scaling, names }: FittedData): LinearParts {
  const outputs = params.length / (features + 1);
  const W = params.slice(0, outputs * features);
  const b = params.slice(outputs * features);
  const { coefficients, intercepts } = scaling === null ? { coefficients: W, intercepts: b } : unscaled(W, b, scaling);
  const matrix: Matrix = { data: coefficients, rows: outputs, columns: features };
  return { coefficients: names === null ? matrix : { ...matrix, names }, intercepts };
}
