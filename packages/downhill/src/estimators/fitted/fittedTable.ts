import { encodeTable } from "../saved/savedTable.ts";
import type { FittedData } from "./fittedData.ts";

/** Members of all fitted models of a table. A fitted model is immutable: `partialFit` returns a new one. */
export interface FittedTable {
  /** The kind of the model. */
  readonly kind: FittedData["kind"];
  /** The options that determine the form of the model: hidden layers, activation, loss. */
  readonly settings: FittedData["settings"];
  /** The options of the fit, with the chosen defaults: l2, l1, batchSize, epochs, seed, standardize, optimizer. */
  readonly options: FittedData["options"];
  /** Number of columns of X. */
  readonly features: number;
  /** Number of training rows, including those of each `partialFit`, without validation rows. */
  readonly rows: number;
  /** The names of the columns of X, if they have names. */
  readonly names: readonly string[] | null;
  /** The values that the run recorded, one entry per epoch. */
  readonly history: FittedData["history"];
  /** Number of updates. */
  readonly updates: number;
  /** Why the run ended; "interrupted" if the caller ended it with `break`, "imported" for coefficients of another program. */
  readonly stopped: FittedData["stopped"];
  /** A copy of all parameters. If the fit standardized the columns, they belong to the standardized columns. */
  params(): Float64Array;
  /** The model as data for JSON.stringify. `load` makes the model of it again. */
  toJSON(): unknown;
}

/** The members of all fitted models. */
export function tableMembers(fittedData: FittedData): FittedTable {
  const { kind, settings, options, features, rows, names, history, updates, stopped, params } = fittedData;
  const shown = { kind, settings, options, features, rows, names, history, updates, stopped };
  return { ...shown, params: () => params.slice(), toJSON: () => encodeTable(fittedData) };
}
