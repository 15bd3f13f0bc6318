// Reads an svmlight file with its targets, chooses the model, and holds out rows. The rows stay sparse.
import {
  type FittedClassifier,
  type FittedRegression,
  type InnerEstimator,
  type ScoredEstimator,
  takeRows,
} from "downhill";
import { DataError, UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { requireCounts } from "../model/countTargets.ts";
import { estimatorOf } from "../model/estimator.ts";
import { countLabels, type LabelledRows, type NumberedRows, type Rows } from "../model/rows.ts";
import { heldOutOf } from "../model/splitRows.ts";
import { targetFactsOf } from "../model/targetFacts.ts";
import { requireCompatible } from "../options/compatibility.ts";
import { requireNoTableOptions } from "../options/svmlightOptions.ts";
import { DEFAULT_HOLD_OUT, DEFAULT_SEED, type TrainOptions } from "../options/trainOptions.ts";
import { readSvmlightFile } from "../table/files/readSvmlightFile.ts";
import { evaluableMatrix } from "./evaluable.ts";
import { fileNote, type Prepared, SVMLIGHT_TARGET } from "./prepared.ts";
import { chooseForColumn } from "./prepareTable.ts";

const command = "train";

/**
 * Reads an svmlight file for a training run.
 *
 * @throws UsageError for an option that needs a table; DataError for a file of another form
 */
export async function prepareSvmlight(path: string, options: TrainOptions): Promise<Prepared> {
  const { model } = options;
  requireNoTableOptions(command, path, options);
  if (model === "factorization") {
    throw new UsageError(
      `${command}: --model factorization needs a table of ratings, but ${show(path)} is an svmlight file. Use another --model.`,
    );
  }
  if (model !== undefined) requireCompatible(options, model, false);
  const { X, y, groups, firstColumn } = await readSvmlightFile(command, path, "auto");
  const facts = targetFactsOf(y);
  if (facts.distinct < 2) {
    throw new DataError(
      `${command}: the target of all rows of ${show(path)} is ${y[0]}. Supply rows with other targets.`,
    );
  }
  const target = { name: SVMLIGHT_TARGET, kind: "number" as const };
  const chosen = chooseForColumn(target, { facts, counts: () => countLabels(y) }, options, model);
  const { choice, isClasses, twoClasses } = chosen;
  if (!isClasses) requireCounts(command, y, options.loss);
  const { holdOut: share = DEFAULT_HOLD_OUT, seed = DEFAULT_SEED } = options;
  const split = heldOutOf(y, isClasses, { share, seed }, () => null);
  const columnNames = Array.from({ length: X.columns }, (_, j) => `x${j + firstColumn}`);
  const rowsAt = (rows: Uint32Array | null): Rows => {
    const part = rows === null ? X : takeRows(X, rows);
    const targets = rows === null ? y : Float64Array.from(rows, (row) => y[row]!);
    return isClasses
      ? { task: "classification", X: part, y: Array.from(targets), columnNames }
      : { task: "regression", X: part, y: targets, columnNames };
  };
  const parts =
    split === null
      ? { train: rowsAt(null), heldOut: null }
      : { train: rowsAt(split.train), heldOut: rowsAt(split.test) };
  const estimator = (own: TrainOptions): ScoredEstimator<FittedClassifier | FittedRegression> => {
    requireCompatible(own, choice.model, model === undefined);
    return estimatorOf({ ...choice, ...(twoClasses && { classes: twoClasses.classes }) }, own) as InnerEstimator<
      FittedClassifier | FittedRegression
    >;
  };
  const { X: own, y: targets } = parts.train as LabelledRows | NumberedRows;
  return {
    table: { rows: X.rows, columns: [], kinds: [] },
    notes: groups === null ? [] : [groupsNote],
    ...choice,
    otherwise: model === "network" ? "" : choice.otherwise, // it would need --column
    parts,
    twoClasses,
    evaluable: evaluableMatrix({ X: own, y: targets }, estimator, twoClasses?.classes[1] ?? null),
    spec: { target: SVMLIGHT_TARGET, firstColumn, columns: X.columns },
  };
}

const groupsNote = fileNote(
  "The numbers after qid: are not used: held-out rows are chosen without regard to these groups",
);
