// A model file: the columns of the training table, the settings of the run, and the model of the library.
import { type EstimatorModel, type FittedModel, type Label, load, savedPieces } from "downhill";
import { DataError, isInputError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import type { Task } from "../options/modelNames.ts";
import type { ColumnKind } from "../table/columns/column.ts";
import type { NumberFormat } from "../table/columns/numberText.ts";
import type { FeatureSpec } from "../table/encoding/features.ts";
import type { SavedColumn } from "../table/encoding/savedColumn.ts";
import { faultOf } from "./memberChecks.ts";
import { modelSource, notAModel } from "./modelSource.ts";

/** The columns that a model of a table was trained on. */
export interface TableSpec {
  readonly features: readonly FeatureSpec[];
  readonly target: SavedColumn;
}

/** The columns that a factorization was trained on. */
export interface RatingsSpec {
  readonly user: { readonly name: string; readonly kind: ColumnKind };
  readonly item: { readonly name: string; readonly kind: ColumnKind };
  readonly rating: { readonly name: string; readonly format?: NumberFormat };
}

/** The settings of a run, as JSON values. */
export type RunRecord = Readonly<Record<string, unknown>> & {
  /** The most frequent class, or the mean, of the training rows. */
  readonly commonAnswer: Label;
};

export interface ModelFile {
  readonly task: Task;
  readonly table: TableSpec | RatingsSpec;
  readonly run: RunRecord;
  readonly fitted: EstimatorModel;
}

/** The text of a model file, in pieces. Equal runs give equal text. The library's `load` can read it too. */
export function* modelPieces({ task, table, run, fitted }: ModelFile): Generator<string, void> {
  yield* savedPieces(fitted, { task, table, run });
  yield "\n";
}

/**
 * Reads the model of the library in a model file.
 *
 * @throws DataError for a file that does not exist, is incomplete, was changed, is not a model, or has another version
 */
export const readFitted = (command: string, path: string): FittedModel =>
  fittedIn(command, path, jsonIn(command, path));

/**
 * Reads a model file.
 *
 * @throws DataError for a file that does not exist, is incomplete, was changed, is not a model, has another version, or whose
 * columns do not fit its model
 */
export function readModel(command: string, path: string): ModelFile {
  const file = jsonIn(command, path);
  const fitted = fittedIn(command, path, file) as EstimatorModel;
  const members = file as Readonly<Record<string, unknown>>;
  if (!Object.hasOwn(members, "table")) {
    throw new DataError(
      `${command}: the model file ${show(path)} was saved by the library, without the columns of a table. Train with downhill train.`,
    );
  }
  const wrong = faultOf(members, fitted);
  if (wrong !== null) {
    const got = show(wrong.got instanceof Object ? JSON.stringify(wrong.got) : wrong.got);
    throw new DataError(`${command}: the model file ${show(path)} is invalid: ${wrong.rule}, got ${got}. Train again.`);
  }
  const { task, table, run } = members as unknown as Omit<ModelFile, "fitted">;
  return { task, table, run, fitted };
}

function jsonIn(command: string, path: string): unknown {
  try {
    return JSON.parse(modelSource(command, path));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new DataError(
      `${command}: the model file ${show(path)} is incomplete or is not JSON. Train again, or copy the file again.`,
    );
  }
}

function fittedIn(command: string, path: string, file: unknown): FittedModel {
  const format = (file as { format?: unknown } | null)?.format;
  if (typeof format !== "string") throw notAModel(command, path);
  try {
    return load(file);
  } catch (error) {
    if (!isInputError(error)) throw error;
    throw new DataError(`${command}: ${show(path)} cannot be loaded: ${error.message.replace(/^load: /, "")}`);
  }
}

/** Whether the columns are features and a target, not users, items and ratings. */
export const isTableSpec = (table: TableSpec | RatingsSpec): table is TableSpec => "features" in table;
