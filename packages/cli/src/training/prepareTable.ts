// Reads a table with a target, chooses the model, holds out rows, and learns the preparation from the training rows.
import {
  divideTrainingTable,
  type FittedClassifier,
  type FittedRegression,
  type InnerEstimator,
  type Label,
  type Preparation,
  readTrainingTable,
  type TableModel,
  type TypedParts,
  tableModel,
} from "downhill";
import { DataError, UsageError } from "../errors/errors.ts";
import { list, show } from "../errors/quoting.ts";
import { forAll } from "../errors/severalErrors.ts";
import { chooseModel, type ModelChoice, type Target } from "../model/chooseModel.ts";
import { requireCounts } from "../model/countTargets.ts";
import { estimatorOf } from "../model/estimator.ts";
import { countLabels, type Rows } from "../model/rows.ts";
import { heldOutRows, timesOf } from "../model/splitRows.ts";
import { areWritten, dialectOf, tableOptionsOf } from "../model/tableOptions.ts";
import { type TargetFacts, targetFactsOf } from "../model/targetFacts.ts";
import { type TwoClasses, twoClassesOf } from "../model/twoClasses.ts";
import { requireCompatible } from "../options/compatibility.ts";
import type { ModelName, TableModelName } from "../options/modelNames.ts";
import { DEFAULT_HOLD_OUT, DEFAULT_SEED, type TrainOptions } from "../options/trainOptions.ts";
import type { CellRequest } from "../table/cells/reader.ts";
import type { OpenTable } from "../table/openTable.ts";
import { requireColumn } from "../table/requireColumn.ts";
import { summariesOf } from "./columnSummary.ts";
import { evaluableTable, needsEvaluable } from "./evaluable.ts";
import { type Prepared, tableSpec } from "./prepared.ts";
import { readsShared } from "./threads.ts";

const command = "train";

/**
 * Reads a table for a training run.
 *
 * @throws UsageError for a wrong column or option; DataError and input errors of the library for wrong cells
 */
export async function prepareTable(
  open: OpenTable,
  options: TrainOptions,
  model: TableModelName | undefined,
): Promise<Prepared> {
  const target = requireNames(open, options, model);
  const dialect = dialectOf(command, open.locate);
  const used = open.columns.filter((name) => !options.drop?.includes(name));
  const tableOptions = tableOptionsOf({ ...options, target }, used, dialect);
  const table = readTrainingTable(
    await open.readCells(requestsOf(open, { ...options, target }), readsShared(options)),
    tableOptions,
  );
  const { choice, isClasses, twoClasses } = chooseForTarget(
    table.typed,
    { target, facts: targetFactsOf(table.y), counts: () => countLabels(table.y), withoutTarget: table.withoutTarget },
    options,
    model,
  );
  if (!isClasses) requireCounts(command, table.y as Float64Array, options.loss);
  const { holdOut = DEFAULT_HOLD_OUT, seed = DEFAULT_SEED, group, time } = options;
  const columns = options.report === undefined ? [] : summariesOf(table.typed);
  const split = heldOutRows(table, isClasses, { share: holdOut, seed, group, time, target });
  const parts = split === null ? { train: table, test: null } : divideTrainingTable(table, split);
  const modelWith = (own: TrainOptions): TableModel<FittedClassifier | FittedRegression> => {
    requireCompatible(own, choice.model, model === undefined);
    const estimator = estimatorOf({ ...choice, ...(twoClasses && { classes: twoClasses.classes }) }, own);
    return tableModel(estimator as InnerEstimator<FittedClassifier | FittedRegression>, tableOptions);
  };
  const data = modelWith(options).trainingData(parts.train);
  const names = "indptr" in data.X ? { columnNames: columnNamesOf(data.preparation) } : {};
  const rowsOf = ({ X, y }: Pick<typeof data, "X" | "y">): Rows =>
    isClasses
      ? { task: "classification", X, y: y instanceof Float64Array ? Array.from(y) : y, ...names }
      : { task: "regression", X, y: y as Float64Array, ...names };
  const { weights, preparation } = data;
  return {
    table: { rows: table.typed.rows, columns, kinds: table.typed.columns.map(({ name, kind }) => ({ name, kind })) },
    notes: data.notes,
    ...choice,
    parts: {
      train: { ...rowsOf(data), ...(weights && { weights }) } as Rows,
      heldOut: parts.test === null ? null : rowsOf(data.testData(parts.test)),
    },
    twoClasses,
    evaluable: needsEvaluable(options)
      ? evaluableTable({ train: parts.train, heldOut: parts.test }, modelWith, {
          positive: twoClasses?.classes[1] ?? null,
          rules: time === undefined ? {} : { times: timesOf(parts.train, time) },
        })
      : null,
    spec: tableSpec({ target, preparation, fitted: data.fitted }),
  };
}

/** The names of the columns of sparse rows: those of the features, and a number for each bucket of words. */
const columnNamesOf = ({ features }: Preparation): string[] =>
  features.flatMap(({ name, columns, buckets }) =>
    buckets === undefined ? [name] : Array.from({ length: buckets }, (_, bucket) => `${columns[0]} bucket ${bucket}`),
  );

/** What the choice of the model depends on. */
export interface TargetToPredict {
  readonly target: string;
  readonly facts: TargetFacts;
  /** The rows of each class. */
  readonly counts: () => ReadonlyMap<Label, number>;
  readonly withoutTarget: number;
}

/** The model for a target, and whether its values are classes. */
export interface ModelForTarget {
  readonly choice: ModelChoice;
  readonly isClasses: boolean;
  readonly twoClasses: TwoClasses | null;
}

/**
 * Chooses the model for the target of a table.
 *
 * @throws UsageError or DataError for a target or a table from which no model can learn, and for options that do not fit the model
 */
export function chooseForTarget(
  typed: Pick<TypedParts, "columns" | "rules" | "leftOut">,
  { target, facts, counts, withoutTarget }: TargetToPredict,
  options: TrainOptions,
  model: TableModelName | undefined,
): ModelForTarget {
  if (facts.distinct < 2) {
    throw new DataError(
      facts.rows === 1
        ? `${command}: the table has only one row${withoutTarget === 0 ? "" : " with a target"}. Supply more rows.`
        : `${command}: the target ${show(target)} has the same value in all ${facts.rows} rows. ` +
            "Choose another --target, or supply rows with other values.",
    );
  }
  const roles = [target, options.weight, options.group];
  if (typed.leftOut.length === 0 && typed.columns.every(({ name }) => roles.includes(name))) {
    throw new DataError(
      `${command}: the target ${show(target)} is the only column. Supply columns to predict it from.`,
    );
  }
  return chooseForColumn({ name: target, kind: typed.rules.get(target)!.kind }, { facts, counts }, options, model);
}

/**
 * Chooses the model for a target.
 *
 * @throws UsageError for a target that the model cannot predict, and for options that do not fit the model
 */
export function chooseForColumn(
  { name: target, kind }: Target,
  { facts, counts }: Pick<TargetToPredict, "facts" | "counts">,
  options: TrainOptions,
  model: TableModelName | undefined,
): ModelForTarget {
  const requested = options.column?.find(({ name }) => name === target)?.kind;
  const choice = chooseModel({ model, loss: options.loss, kind: requested }, { name: target, kind }, facts);
  requireCompatible(options, choice.model, model === undefined);
  const isClasses = choice.task === "classification";
  if (options.classWeights !== undefined && !isClasses) {
    throw new UsageError(
      `${command}: --class-weights needs a target of classes, but ${show(target)} contains ${facts.distinct} different numbers. ` +
        "Leave out --class-weights.",
    );
  }
  const twoClasses = twoClassesOf(isClasses ? counts() : null, options.positive);
  requireThreshold(options, twoClasses);
  return { choice, isClasses, twoClasses };
}

/** @throws UsageError for --threshold without two classes, and for --trials without --search */
function requireThreshold({ threshold, trials, search }: TrainOptions, twoClasses: TwoClasses | null): void {
  if (threshold !== undefined && twoClasses === null) {
    throw new UsageError(
      `${command}: --threshold needs a target with two classes, but this target has more. Leave out --threshold.`,
    );
  }
  if (trials !== undefined && search === undefined) {
    throw new UsageError(
      `${command}: --trials works only with --search. Add --search l2=1e-4..1, or leave out --trials.`,
    );
  }
}

/** @throws UsageError for a missing target, for names that are no columns, and for options that contradict each other */
export function requireNames(open: OpenTable, options: TrainOptions, model: ModelName | undefined): string {
  const { target, drop = [], weight, group, time } = options;
  for (const option of ["user", "item", "rating"] as const) {
    if (model !== undefined || options[option] === undefined) continue;
    throw new UsageError(`${command}: --${option} works only with --model factorization. Add --model factorization.`);
  }
  if (target === undefined) {
    throw new UsageError(
      `${command}: --target, the column to predict, is missing. Choose one of ${list(open.columns)}.`,
    );
  }
  const roles = Object.entries({ target, weight, group, time }).filter(([, name]) => name !== undefined);
  const named = [
    ...roles.map(([role, name]) => ({ option: `--${role}`, name: name! })),
    ...drop.map((name) => ({ option: "--drop", name })),
    ...(options.column ?? []).map(({ name }) => ({ option: "--column", name })),
    ...(options.missing ?? []).flatMap(({ name }) => (name === undefined ? [] : [{ option: "--missing", name }])),
  ];
  forAll(named, ({ option, name }) => requireColumn(command, open, option, name));
  forAll(named, ({ option, name }) => {
    if (option === "--drop" || !drop.includes(name)) return;
    throw new UsageError(`${command}: --drop and ${option} both name ${show(name)}. Remove it from one of the two.`);
  });
  forAll(roles, ([role, name], at) => {
    const other = roles.slice(0, at).find(([, earlier]) => earlier === name);
    if (other === undefined) return;
    throw new UsageError(
      `${command}: --${other[0]} and --${role} both name ${show(name)}. Choose another column for one of the two.`,
    );
  });
  return target;
}

/** The cells to read. A column whose kind is set as category, or a date with a format, is read as it is written. */
export function requestsOf(
  open: OpenTable,
  { target, drop = [], weight, group, time, column = [] }: TrainOptions & { readonly target: string },
): CellRequest[] {
  const kinds = new Map(column.map((choice) => [choice.name, choice]));
  return open.columns
    .filter((name) => !drop.includes(name))
    .map((name) => ({
      name,
      asText: areWritten(kinds.get(name) ?? {}, open.types.has(name)),
      separate: [target, weight, group, time].includes(name),
    }));
}
