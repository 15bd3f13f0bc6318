// The file of a trained model: how its table is to be read, what the run was, and the library's own model.
import { type FittedModel, type Label, load, savedPieces } from "downhill";
import { DataError, isInputError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import type { Task } from "../options/modelNames.ts";
import type { ColumnKind } from "../table/columns/column.ts";
import type { NumberFormat } from "../table/columns/numberText.ts";
import type { FeatureSpec } from "../table/encoding/features.ts";
import type { SavedColumn } from "../table/encoding/savedColumn.ts";
import { faultOf } from "./memberChecks.ts";
import { modelSource } from "./modelSource.ts";

/** The columns a model of a table was trained on. */
export interface TableSpec {
  readonly features: readonly FeatureSpec[];
  readonly target: SavedColumn;
}

/** The columns of ratings. */
export interface RatingsSpec {
  readonly user: { readonly name: string; readonly kind: ColumnKind };
  readonly item: { readonly name: string; readonly kind: ColumnKind };
  readonly rating: { readonly name: string; readonly format?: NumberFormat };
}

/** What a run was told and what it resolved, as JSON values. */
export type RunRecord = Readonly<Record<string, unknown>> & {
  /** The most frequent class, or the mean, of the training rows. */
  readonly commonAnswer: Label;
};

export interface ModelFile {
  readonly task: Task;
  readonly table: TableSpec | RatingsSpec;
  readonly run: RunRecord;
  readonly fitted: FittedModel;
}

/** The text of a model file in pieces; equal runs give equal text. The library's `load` reads it too. */
export function* modelPieces({ task, table, run, fitted }: ModelFile): Generator<string, void> {
  yield* savedPieces(fitted, { task, table, run });
  yield "\n";
}

/**
 * Reads a model file.
 *
 * @throws DataError when it is not there, no model, of another version, cut short, changed, or without columns that suit
 * its model
 */
export function readModel(command: string, path: string): ModelFile {
  const refuse = (rule: string, got: string, advice: string): never => {
    throw new DataError(`${command}: model file must ${rule}, got ${got} in ${path}. ${advice}`);
  };
  let file: unknown;
  try {
    file = JSON.parse(modelSource(command, path));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse("be whole JSON", "text that breaks off or is none", "Train again, or copy the file again.");
  }
  let fitted: FittedModel;
  try {
    fitted = load(file);
  } catch (error) {
    if (!isInputError(error)) throw error;
    throw new DataError(`${command}: ${error.message.replace(/^load: /, "")} (${path})`);
  }
  const members = file as Readonly<Record<string, unknown>>;
  if (!Object.hasOwn(members, "table")) {
    refuse("hold the columns of its table", "a model that the library saved", "Train with downhill train.");
  }
  const wrong = faultOf(members, fitted);
  if (wrong !== null)
    refuse(
      `have ${wrong.rule}`,
      show(wrong.got instanceof Object ? JSON.stringify(wrong.got) : wrong.got),
      "Train again.",
    );
  const { task, table, run } = members as unknown as Omit<ModelFile, "fitted">;
  return { task, table, run, fitted };
}

/** The columns of a table, of a file that holds a model of one. */
export const isTableSpec = (table: TableSpec | RatingsSpec): table is TableSpec => "features" in table;
