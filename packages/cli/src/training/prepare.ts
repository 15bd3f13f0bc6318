// Reads DATA, and makes the rows for the training and the columns for the model file.
import { DataError, UsageError } from "../errors/errors.ts";
import { adviceOnName } from "../errors/nearNames.ts";
import { list, show } from "../errors/quoting.ts";
import { forAll } from "../errors/severalErrors.ts";
import { chooseModel, type ModelChoice } from "../model/chooseModel.ts";
import type { RatingsSpec, TableSpec } from "../model/modelFile.ts";
import type { RatingRows, Rows } from "../model/rows.ts";
import { requireCompatible } from "../options/compatibility.ts";
import type { ModelName, Task } from "../options/modelNames.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import { columnOf, type DataTable } from "../table/columns/column.ts";
import { type ColumnSummary, summaryOf } from "../table/columns/columnSummary.ts";
import { mayNumberRows, numbersRows } from "../table/columns/rowNumbers.ts";
import { type DecidedColumn, decide } from "../table/encoding/columnRule.ts";
import { encode, learnFeatures } from "../table/encoding/features.ts";
import { labelsOf, numbersOf, targetFactsOf } from "../table/encoding/labels.ts";
import type { DataArgument } from "../table/files/source.ts";
import { type OpenTable, withTable } from "../table/openTable.ts";
import { shellWord } from "../terminal/shellWord.ts";

const command = "train";

/** A table that is ready for the training. */
export interface Prepared {
  /** A summary of the table; its cells are in `rows`. */
  readonly table: { readonly rows: number; readonly columns: readonly ColumnSummary[] };
  /** Sentences about columns that could be read in more than one way. */
  readonly notes: readonly string[];
  readonly model: ModelName;
  readonly task: Task;
  /** The reason for the model, as a sentence. */
  readonly reason: string;
  /** The option that predicts numbers instead of classes, or classes instead of numbers; "" if it is not possible. */
  readonly otherwise: string;
  readonly rows: Rows;
  readonly spec: TableSpec | RatingsSpec;
}

/**
 * Reads DATA for a training run.
 *
 * @throws UsageError for a wrong column or option; DataError for wrong cells
 */
export async function prepare(data: DataArgument, options: TrainOptions): Promise<Prepared> {
  const categories = (options.column ?? []).filter(({ kind }) => kind === "category").map(({ name }) => name);
  const texts = [options.user, options.item, ...categories].filter((name) => name !== undefined);
  return withTable(command, { argument: data, texts }, async (open) => {
    const prepared =
      options.model === "factorization"
        ? await prepareRatings(open, options)
        : await prepareTable(open, options, options.model);
    return { ...prepared, notes: [...open.notes, ...prepared.notes] };
  });
}

async function prepareTable(
  open: OpenTable,
  options: TrainOptions,
  model: Exclude<ModelName, "factorization"> | undefined,
): Promise<Prepared> {
  const { target, drop = [] } = options;
  for (const option of ["user", "item", "rating"] as const) {
    if (model !== undefined || options[option] === undefined) continue;
    throw new UsageError(`${command}: --${option} works only with --model factorization. Add --model factorization.`);
  }
  if (target === undefined) {
    throw new UsageError(
      `${command}: --target, the column to predict, is missing. Choose one of ${list(open.columns)}.`,
    );
  }
  const named = [
    { option: "--target", name: target },
    ...drop.map((name) => ({ option: "--drop", name })),
    ...(options.column ?? []).map(({ name }) => ({ option: "--column", name })),
  ];
  forAll(named, ({ option, name }) => requireColumn(open, option, name));
  if (drop.includes(target)) {
    throw new UsageError(`${command}: --drop and --target both name ${show(target)}. Remove it from one of the two.`);
  }
  const kinds = requestedKinds(options, drop);
  const names = open.columns.filter((name) => !drop.includes(name));
  const read = await open.read(
    names.map((name) => ({
      name,
      as: kinds.get(name) === "category" ? "text" : kinds.get(name) === "number" ? "number" : "exact",
      needed: name === target,
      separate: mayNumberRows(name),
    })),
  );
  const decided = forAll(read.columns, (each) => {
    const role = each.name === target ? "target" : "feature";
    return decide(each, { table: read, kind: kinds.get(each.name), role });
  });
  const table: DataTable = { ...read, columns: decided.map(({ column }) => column) };
  const column = columnOf(table, target);
  const facts = targetFactsOf(column);
  if (facts.distinct < 2) {
    throw new DataError(
      table.rows === 1
        ? `${command}: the table has only one row. Supply more rows.`
        : `${command}: the target ${show(target)} has the same value in all ${table.rows} rows. ` +
            "Choose another --target, or supply rows with other values.",
    );
  }
  const choice: ModelChoice = chooseModel({ model, kind: kinds.get(target) }, column, facts);
  requireCompatible(options, choice.model, model === undefined);
  if (options.classWeights !== undefined && choice.task === "regression") {
    throw new UsageError(
      `${command}: --class-weights needs a target of classes, but ${show(target)} contains ${facts.distinct} different numbers. ` +
        "Leave out --class-weights.",
    );
  }
  const isRowNumber = ({ column }: DecidedColumn): boolean =>
    column.name !== target && !kinds.has(column.name) && numbersRows(column, table.rows);
  const others = decided.filter((each) => each.column.name !== target && !isRowNumber(each));
  const notes = decided.flatMap((each) =>
    isRowNumber(each) ? [rowNumberNote(each.column.name)] : each.note === undefined ? [] : [each.note],
  );
  if (others.length === 0) {
    throw new DataError(
      `${command}: the target ${show(target)} is the only column. Supply columns to predict it from.`,
    );
  }
  const features = learnFeatures(command, others, table.rows);
  const X = encode(command, table, features);
  const rows: Rows =
    choice.task === "classification"
      ? { task: choice.task, X, y: labelsOf(command, column, table) }
      : { task: choice.task, X, y: numbersOf(command, column) };
  const { format } = decided.find((each) => each.column === column)!;
  const spec: TableSpec = { features, target: { name: target, kind: column.kind, ...(format && { format }) } };
  const columns = [...others.map((each) => each.column), column].map(summaryOf);
  return { table: { rows: table.rows, columns }, notes, ...choice, rows, spec };
}

const rowNumberNote = (name: string): string =>
  `${name} only numbers the rows, so it is left out (--column ${shellWord(`${name}:number`)} keeps it)`;

/**
 * The kinds that the user requested with --column.
 *
 * @throws UsageError for a column of --drop, and for two kinds of one column
 */
function requestedKinds({ column: choices = [] }: TrainOptions, drop: readonly string[]) {
  const kinds = new Map<string, "number" | "category">();
  for (const { name, kind } of choices) {
    if (drop.includes(name)) {
      throw new UsageError(`${command}: --column and --drop both name ${show(name)}. Remove it from one of the two.`);
    }
    if (kinds.has(name) && kinds.get(name) !== kind) {
      throw new UsageError(`${command}: --column sets ${show(name)} to number and to category. Choose one of the two.`);
    }
    kinds.set(name, kind);
  }
  return kinds;
}

async function prepareRatings(open: OpenTable, options: TrainOptions): Promise<Prepared> {
  requireCompatible(options, "factorization", false);
  const names = forAll(["user", "item", "rating"] as const, (option) => {
    const name = options[option];
    if (name === undefined) {
      throw new UsageError(
        `${command}: --model factorization needs --${option}, the name of a column. ` +
          `Choose one of ${list(open.columns)}.`,
      );
    }
    requireColumn(open, `--${option}`, name);
    return name;
  });
  const [user, item, rating] = names as [string, string, string];
  if (new Set(names).size < 3) {
    throw new UsageError(
      `${command}: --user, --item and --rating must name three different columns, got ${list(names)}. Change one of them.`,
    );
  }
  const read = await open.read([
    { name: user, as: "text", needed: true },
    { name: item, as: "text", needed: true },
    { name: rating, as: "number", needed: true },
  ]);
  const { column, format, note } = decide(columnOf(read, rating), { table: read, kind: "number", role: "rating" });
  const [users, items] = [columnOf(read, user), columnOf(read, item)];
  const rows: RatingRows = {
    task: "ratings",
    users: labelsOf(command, users, read),
    items: labelsOf(command, items, read),
    ratings: numbersOf(command, column),
  };
  const spec: RatingsSpec = {
    user: { name: user, kind: users.kind },
    item: { name: item, kind: items.kind },
    rating: { name: rating, ...(format && { format }) },
  };
  const columns = [users, items, column].map(summaryOf);
  const notes = [...(note === undefined ? [] : [note]), ...equalRatingsNote(rows.ratings)];
  return {
    table: { rows: read.rows, columns },
    notes,
    model: "factorization",
    task: "ratings",
    reason: "set with --model",
    otherwise: "",
    rows,
    spec,
  };
}

/** The note about equal ratings, from which a model can learn nothing. */
function equalRatingsNote(ratings: Float64Array): string[] {
  const [first] = ratings;
  if (first === undefined || ratings.some((rating) => rating !== first)) return [];
  return [
    `every rating is ${first}, so every prediction will be ${first} and the order of recommendations has no meaning`,
  ];
}

function requireColumn({ columns }: OpenTable, option: string, name: string): void {
  if (columns.includes(name)) return;
  throw new UsageError(
    `${command}: ${option} ${show(name)} is not a column of the table. ${adviceOnName(name, columns)}`,
  );
}
