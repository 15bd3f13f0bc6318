// Reads the rows of DATA for a saved model, by the rules that the model stores.
import type { AnyMatrix, Explanation, FittedRatingModel, Label, MissingCount, ReadRule, UnseenCount } from "downhill";
import { DataError, UsageError } from "../errors/errors.ts";
import { adviceOnName } from "../errors/nearNames.ts";
import { show } from "../errors/quoting.ts";
import { forAll } from "../errors/severalErrors.ts";
import type { CellRequest } from "../table/cells/reader.ts";
import { textsOf } from "../table/cells/textCells.ts";
import type { DataArgument } from "../table/files/source.ts";
import { type OpenTable, withTable } from "../table/openTable.ts";
import type { ModelFile, RatingsModelFile, TableModelFile } from "./modelFile.ts";
import type { Rows } from "./rows.ts";
import { labelledRows, svmlightRows } from "./svmlightRows.ts";
import { dialectOf } from "./tableOptions.ts";

/** A column of DATA as it is written, with DuckDB's type if it has one, for the output of `predict`. */
export type KeptColumn = [name: string, texts: readonly string[], type?: string];

/** The inputs of a prediction: features, or users with items. */
export type Inputs =
  | {
      readonly kind: "features";
      readonly X: AnyMatrix;
      readonly missing: readonly MissingCount[];
      readonly unseen: readonly UnseenCount[];
      /** The contributions of the columns; null if they were not requested. */
      readonly explanation: Explanation | null;
    }
  | { readonly kind: "pairs"; readonly users: readonly Label[]; readonly items: readonly Label[] };

/**
 * Reads the inputs, and the columns of --keep as text. DATA needs no target.
 *
 * @throws UsageError for a column of --keep that DATA does not have
 */
export async function readInputs(
  command: string,
  model: ModelFile,
  {
    data,
    keep,
    explain = false,
  }: { readonly data: DataArgument; readonly keep: readonly string[]; readonly explain?: boolean | undefined },
): Promise<{ inputs: Inputs; kept: KeptColumn[]; notes: string[] }> {
  if (model.kind === "svmlight") {
    const { X, notes } = await svmlightRows(command, model, data.data);
    return { inputs: { kind: "features", X, missing: [], unseen: [], explanation: null }, kept: [], notes };
  }
  return withTable(command, { argument: data, texts: [...textColumns(model), ...keep] }, async (open) => {
    forAll(keep, (name) => {
      if (open.columns.includes(name)) return;
      throw new UsageError(
        `${command}: --keep ${show(name)} is not a column of the data. ${adviceOnName(name, open.columns)}`,
      );
    });
    const used = model.kind === "ratings" ? pairRequests(model.fitted) : requestsOf(model, open, keep);
    const others = keep.filter((name) => !used.some((request) => request.name === name));
    // All are read at once, because a query may give other rows when it runs again.
    const cells = await open.readCells([...used, ...others.map((name) => ({ name, asText: "asWritten" as const }))]);
    const kept = keep.map((name): KeptColumn => {
      const type = open.types.get(name);
      return type === undefined ? [name, textsOf(cells, name)] : [name, textsOf(cells, name), type];
    });
    const notes = [...open.notes];
    if (model.kind === "ratings") {
      const pairs = model.fitted.pairs(cells, dialectOf(command, open.locate));
      const missing = pairs.users.filter((user, row) => user === "" || pairs.items[row] === "").length;
      if (missing > 0) {
        notes.push(
          missing === 1
            ? "1 row has no user or no item. Its prediction is that of an unknown user or item."
            : `${missing} rows have no user or no item. Their predictions are those of an unknown user or item.`,
        );
      }
      return { inputs: { kind: "pairs", ...pairs }, kept, notes };
    }
    const dialect = dialectOf(command, open.locate);
    const { X, missing, unseen } = model.fitted.prepare(cells, dialect);
    const explanation = explain ? model.fitted.explain(cells, dialect) : null;
    return { inputs: { kind: "features", X, missing, unseen, explanation }, kept, notes };
  });
}

/** Rows with targets, and the facts about their cells. */
export interface EvaluatedRows {
  readonly rows: Rows;
  /** Sentences about the way in which DATA was read. */
  readonly notes: readonly string[];
  readonly missing: readonly MissingCount[];
  readonly unseen: readonly UnseenCount[];
  /** The rows that were left out because their target is missing. */
  readonly withoutTarget: number;
}

/**
 * Reads the rows of DATA with their targets. Rows without a target are left out.
 *
 * @throws an input error of the library for a label that is not a class of the model
 */
export async function readRows(command: string, model: ModelFile, data: DataArgument): Promise<EvaluatedRows> {
  if (model.kind === "svmlight") {
    const { X, y, notes } = await svmlightRows(command, model, data.data);
    const rows = labelledRows(command, model.fitted, X, y);
    return { rows, missing: [], unseen: [], withoutTarget: 0, notes };
  }
  return withTable(command, { argument: data, texts: textColumns(model) }, async (open) => {
    const dialect = dialectOf(command, open.locate);
    const { notes } = open;
    if (model.kind === "ratings") {
      const { rating } = model.fitted.columns;
      const cells = await open.readCells([
        ...pairRequests(model.fitted),
        ...(rating === null ? [] : [{ name: rating.name, separate: true }]),
      ]);
      const { rows, users, items, ratings } = model.fitted.testData(cells, dialect);
      if (rows.length === 0) {
        throw new DataError(`${command}: every row has a missing cell in a column of the model. Supply the cells.`);
      }
      const withoutTarget = cells.rows - rows.length;
      return { rows: { task: "ratings", users, items, ratings }, ...nothing, notes, withoutTarget };
    }
    const { target } = model.fitted;
    const requests = requestsOf(model, open, [], target);
    const { X, y, missing, unseen, withoutTarget } = model.fitted.testData(await open.readCells(requests), dialect);
    const rows: Rows =
      "classes" in model.fitted
        ? { task: "classification", X, y: y as readonly Label[] }
        : { task: "regression", X, y: y as Float64Array };
    return { rows, missing, unseen, withoutTarget, notes };
  });
}

const nothing = { missing: [], unseen: [] };

const pairRequests = ({ columns: { user, item } }: FittedRatingModel): CellRequest[] =>
  [user, item].map(({ name }) => ({ name, asText: true }));

/** The columns that the model reads as text. */
function textColumns(model: TableModelFile | RatingsModelFile): string[] {
  if (model.kind === "ratings") return pairRequests(model.fitted).map(({ name }) => name);
  const { columns, target } = model.fitted.preparation;
  return [...columns, target].filter(({ read }) => needsText(read)).map(({ name }) => name);
}

/**
 * Whether a rule reads the cells of a CSV file as they are written: 007 is a category, and 9.830 may be 9830. Other sources
 * have types.
 */
const needsText = (rule: ReadRule): boolean => isLabel(rule) || rule.numbers !== undefined || rule.dates !== undefined;

const isLabel = ({ kind }: ReadRule): boolean => kind === "category" || kind === "ordinal";

function requestsOf(
  { fitted }: Extract<ModelFile, { kind: "table" }>,
  { types }: OpenTable,
  keep: readonly string[],
  target?: string,
): CellRequest[] {
  const { columns, target: own } = fitted.preparation;
  const used = [...columns, ...(target === undefined ? [] : [own])];
  return used.map(({ name, read }) => ({
    name,
    asText: isLabel(read) || (!types.has(name) && needsText(read)) || (keep.includes(name) && "asWritten"),
    separate: name === target,
  }));
}
