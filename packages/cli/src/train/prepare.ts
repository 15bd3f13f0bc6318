// From DATA and the choices to rows that a model can be trained on, and the columns that its file must remember.
import { DataError, list, show, UsageError } from "../errors.ts";
import { type Choice, chooseModel } from "../model/choose.ts";
import type { RatingsSpec, TableSpec } from "../model/modelFile.ts";
import type { ModelName, Task } from "../model/names.ts";
import type { Rows } from "../model/part.ts";
import { requireFitting } from "../options/fitting.ts";
import type { Chosen } from "../options/train.ts";
import type { Column, DataTable } from "../table/column.ts";
import { encode, learnFeatures } from "../table/features.ts";
import { factsOf, labelsOf, numbersOf } from "../table/labels.ts";
import { type OpenTable, openTable } from "../table/openTable.ts";

const who = "train";

/** A table ready for training. */
export interface Prepared {
  readonly table: DataTable;
  readonly model: ModelName;
  readonly task: Task;
  /** Why this model: by the target, or "as chosen". */
  readonly reason: string;
  /** How to have numbers instead of classes, or classes instead of numbers; empty where there is no choice. */
  readonly otherwise: string;
  readonly rows: Rows;
  readonly spec: TableSpec | RatingsSpec;
}

/**
 * Reads DATA as the choices want it.
 *
 * @throws UsageError for a column or an option that does not fit; DataError for cells that do not
 */
export async function prepare(data: string, chosen: Chosen): Promise<Prepared> {
  const open = await openTable(who, data);
  return chosen.model === "factorization" ? prepareRatings(open, chosen) : prepareTable(open, chosen, chosen.model);
}

async function prepareTable(
  open: OpenTable,
  chosen: Chosen,
  asked: Exclude<ModelName, "factorization"> | undefined,
): Promise<Prepared> {
  const { target, drop = [] } = chosen;
  for (const option of ["user", "item", "rating"] as const) {
    if (asked !== undefined || chosen[option] === undefined) continue;
    throw new UsageError(`${who}: --${option} must go with --model factorization, got no --model. Add it.`);
  }
  if (target === undefined) {
    throw new UsageError(
      `${who}: --target must name the column to predict, got none. Choose one of ${list(open.columns)}.`,
    );
  }
  requireColumn(open, "--target", target);
  for (const name of drop) requireColumn(open, "--drop", name);
  if (drop.includes(target)) {
    throw new UsageError(
      `${who}: --drop must not name the target, got ${show(target)}. Leave it out of one of the two.`,
    );
  }
  const table = await open.read(open.columns.filter((name) => !drop.includes(name)));
  const column = columnOf(table, target);
  const facts = factsOf(column);
  if (facts.distinct < 2) {
    throw new DataError(
      `${who}: target ${show(target)} must have at least two different values, got one in ${table.rows} rows. ` +
        "Choose another --target, or supply rows of another value.",
    );
  }
  const kind = chosen.column?.find(({ name }) => name === target)?.kind;
  const choice: Choice = chooseModel({ model: asked, kind }, column, facts);
  requireFitting(chosen, choice.model, asked === undefined);
  if (chosen.classWeights !== undefined && choice.task === "regression") {
    throw new UsageError(
      `${who}: --class-weights must go with a target of classes, got ${show(target)} with ${facts.distinct} numbers. ` +
        "Leave it out.",
    );
  }
  const others = table.columns.filter(({ name }) => name !== target);
  if (others.length === 0) {
    throw new DataError(
      `${who}: table must have a column beside the target, got ${show(target)} alone. Supply columns to predict it from.`,
    );
  }
  const features = learnFeatures(who, others, table.rows);
  const X = encode(who, table, features);
  const rows: Rows =
    choice.task === "classification"
      ? { task: choice.task, X, y: labelsOf(who, column, table) }
      : { task: choice.task, X, y: numbersOf(who, column) };
  return { table, ...choice, rows, spec: { features, target: { name: target, kind: column.kind } } };
}

async function prepareRatings(open: OpenTable, chosen: Chosen): Promise<Prepared> {
  requireFitting(chosen, "factorization", false);
  const names = (["user", "item", "rating"] as const).map((option) => {
    const name = chosen[option];
    if (name === undefined) {
      throw new UsageError(
        `${who}: --${option} must name a column with --model factorization, got none. ` +
          `Choose one of ${list(open.columns)}.`,
      );
    }
    requireColumn(open, `--${option}`, name);
    return name;
  });
  const [user, item, rating] = names as [string, string, string];
  if (new Set(names).size < 3) {
    throw new UsageError(`${who}: --user, --item and --rating must be three columns, got ${list(names)}. Name three.`);
  }
  const table = await open.read(names);
  const [users, items] = [columnOf(table, user), columnOf(table, item)];
  const rows: Rows = {
    task: "ratings",
    users: labelsOf(who, users, table),
    items: labelsOf(who, items, table),
    ratings: numbersOf(who, columnOf(table, rating)),
  };
  const spec: RatingsSpec = {
    user: { name: user, kind: users.kind },
    item: { name: item, kind: items.kind },
    rating: { name: rating },
  };
  return { table, model: "factorization", task: "ratings", reason: "as chosen", otherwise: "", rows, spec };
}

const columnOf = (table: DataTable, wanted: string): Column => table.columns.find(({ name }) => name === wanted)!;

function requireColumn({ columns }: OpenTable, option: string, name: string): void {
  if (columns.includes(name)) return;
  throw new UsageError(
    `${who}: ${option} must be a column of the table, got ${show(name)}. Choose one of ${list(columns)}.`,
  );
}
