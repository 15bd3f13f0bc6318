// A model file: the library's model of a table or of ratings, and the settings of the run.
import {
  type EstimatorModel,
  type FittedClassifier,
  type FittedModel,
  type FittedRatingModel,
  type FittedRegression,
  type FittedTableModel,
  type Label,
  load,
  savedPieces,
} from "downhill";
import { DataError, isInputError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { MOST_POPULAR } from "./baseline.ts";
import { modelSource, notAModel } from "./modelSource.ts";

/** The settings of a run, as JSON values. */
export type RunRecord = Readonly<Record<string, unknown>>;

/** A model of a table, and the record of its run; a model that the library saved has an empty record. */
export interface TableModelFile {
  readonly kind: "table";
  readonly fitted: FittedTableModel;
  readonly run: RunRecord;
}

/** A factorization of a table of ratings, and the record of its run. */
export interface RatingsModelFile {
  readonly kind: "ratings";
  readonly fitted: FittedRatingModel;
  readonly run: RunRecord;
}

/** A model of an svmlight file, and the record of its run. */
export interface SvmlightModelFile {
  readonly kind: "svmlight";
  readonly fitted: FittedClassifier | FittedRegression;
  readonly svmlight: SvmlightRecord;
  readonly run: RunRecord;
}

/** What a model of an svmlight file needs beside the model of the library. */
export interface SvmlightRecord {
  /** The number of the first column of X. */
  readonly firstColumn: 0 | 1;
  /** The answer of the baseline. */
  readonly baseline: Label;
}

export type ModelFile = TableModelFile | RatingsModelFile | SvmlightModelFile;

/** The text of a model file, in pieces. Equal runs give equal text. The library's `load` can read it too. */
export function* modelPieces(model: ModelFile): Generator<string, void> {
  const { fitted, run } = model;
  yield* savedPieces(fitted, model.kind === "svmlight" ? { svmlight: model.svmlight, run } : { run });
  yield "\n";
}

/**
 * Reads the model of the library in a model file.
 *
 * @throws DataError for a file that does not exist, is incomplete, was changed, is not a model, or has another version
 */
export function readFitted(command: string, path: string): FittedModel {
  const file = jsonIn(command, path);
  const fitted = fittedIn(command, path, file);
  const { table } = file as { readonly table?: unknown };
  if (table !== undefined) throw earlierVersion(command, path);
  return fitted;
}

/**
 * Reads a model file.
 *
 * @throws DataError for a file that does not exist, is incomplete, was changed, is not a model of a table or of ratings, has
 * another version
 */
export function readModel(command: string, path: string): ModelFile {
  const file = jsonIn(command, path);
  const fitted = fittedIn(command, path, file);
  const { run, table, svmlight } = file as Readonly<Record<"run" | "table" | "svmlight", unknown>>;
  const isTable = fitted.kind === "table" || fitted.kind === "ratings";
  if ((isTable || svmlight !== undefined) && run !== undefined && !isObject(run)) {
    throw invalid(command, path, "its run must be an object", run);
  }
  if (svmlight !== undefined && !isTable && fitted.kind !== "factorization") {
    if (!isSvmlightRecord(svmlight, fitted)) {
      throw invalid(command, path, "its svmlight must have the members firstColumn (0 or 1) and baseline", svmlight);
    }
    return { kind: "svmlight", fitted, svmlight, run: isObject(run) ? run : {} };
  }
  if (isTable) {
    const record = isObject(run) ? run : {};
    return fitted.kind === "table" ? { kind: "table", fitted, run: record } : { kind: "ratings", fitted, run: record };
  }
  if (table === undefined) {
    const wrapper = fitted.kind === "factorization" ? "ratingModel" : "tableModel";
    throw new DataError(
      `${command}: the model file ${show(path)} was saved by the library, without the columns of a table. ` +
        `Train with downhill train, or save a ${wrapper}.`,
    );
  }
  throw earlierVersion(command, path);
}

const earlierVersion = (command: string, path: string): DataError =>
  new DataError(
    `${command}: the model file ${show(path)} was written by an earlier version, which stored the columns in another form. ` +
      "Train again.",
  );

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

function isSvmlightRecord(value: unknown, fitted: FittedClassifier | FittedRegression): value is SvmlightRecord {
  if (!isObject(value)) return false;
  const { firstColumn, baseline } = value;
  const isAnswer = "classes" in fitted ? fitted.classes.includes(baseline as Label) : Number.isFinite(baseline);
  return (firstColumn === 0 || firstColumn === 1) && isAnswer;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function invalid(command: string, path: string, rule: string, got: unknown): DataError {
  const text = show(got instanceof Object ? JSON.stringify(got) : got);
  return new DataError(`${command}: the model file ${show(path)} is invalid: ${rule}, got ${text}. Train again.`);
}

/** The model that predicts, and the answer of its baseline. */
export function predictorOf(model: ModelFile): { readonly fitted: EstimatorModel; readonly answer: Label } {
  if (model.kind === "svmlight") return { fitted: model.fitted, answer: model.svmlight.baseline };
  if (model.kind === "table") return { fitted: model.fitted.model, answer: model.fitted.training.baseline };
  const { settings } = model.fitted.model;
  const answer = settings.loss === "halfSquared" ? settings.mean : MOST_POPULAR;
  return { fitted: model.fitted.model, answer };
}
