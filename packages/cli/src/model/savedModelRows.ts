// Reads the rows of DATA for a saved model, with its columns, kinds and categories.
import type { Label, Matrix } from "downhill";
import { DataError, UsageError } from "../errors/errors.ts";
import { adviceOnName } from "../errors/nearNames.ts";
import { list, show } from "../errors/quoting.ts";
import { forAll } from "../errors/severalErrors.ts";
import type { ColumnRequest } from "../table/cells/reader.ts";
import type { DataTable, TextColumn } from "../table/columns/column.ts";
import { encode } from "../table/encoding/features.ts";
import { labelsOf, numbersOf } from "../table/encoding/labels.ts";
import { allAsSaved, asSaved, type SavedColumn } from "../table/encoding/savedColumn.ts";
import type { DataArgument } from "../table/files/source.ts";
import { type OpenTable, withTable } from "../table/openTable.ts";
import { isClassifier } from "./metrics.ts";
import { isTableSpec, type ModelFile, type RatingsSpec, type TableSpec } from "./modelFile.ts";
import type { Rows } from "./rows.ts";

/** A column of DATA as it is written, with DuckDB's type if it has one, for the output of `predict`. */
export type KeptColumn = [name: string, texts: readonly string[], type?: string];

/** The inputs of a prediction: features, or users with items. */
export type Inputs =
  | { readonly kind: "features"; readonly X: Matrix }
  | { readonly kind: "pairs"; readonly users: readonly Label[]; readonly items: readonly Label[] };

/**
 * Reads the inputs, and the columns of --keep as text. DATA needs no target.
 *
 * @throws UsageError for a column of --keep that DATA does not have
 */
export function readInputs(
  command: string,
  { table: spec }: ModelFile,
  { data, keep }: { readonly data: DataArgument; readonly keep: readonly string[] },
): Promise<{ inputs: Inputs; kept: KeptColumn[]; notes: readonly string[] }> {
  return withTable(command, { argument: data, texts: [...textsOf(spec), ...keep] }, async (open) => {
    forAll(keep, (name) => {
      if (open.columns.includes(name)) return;
      throw new UsageError(
        `${command}: --keep ${show(name)} is not a column of the data. ${adviceOnName(name, open.columns)}`,
      );
    });
    const used = isTableSpec(spec) ? spec.features : [spec.user, spec.item];
    // Both are read at once, because a query may give other rows when it runs again.
    const table = await open.read([
      ...used.map(requestOf),
      ...keep.map((name): ColumnRequest => ({ name, as: "kept" })),
    ]);
    const kept = table.columns.slice(used.length).map((column): KeptColumn => {
      const type = open.types.get(column.name);
      const { texts } = column as TextColumn;
      return type === undefined ? [column.name, texts] : [column.name, texts, type];
    });
    const { notes } = open;
    if (!isTableSpec(spec)) return { inputs: { kind: "pairs", ...pairsOf(command, spec, table) }, kept, notes };
    const X = encode(command, allAsSaved(command, table, spec.features), spec.features);
    return { inputs: { kind: "features", X }, kept, notes };
  });
}

const MAX_UNKNOWN = 5; // labels that an error names

/** The columns that the model reads as text. */
const textsOf = (spec: TableSpec | RatingsSpec): string[] =>
  (isTableSpec(spec) ? [...spec.features, spec.target] : [spec.user, spec.item])
    .filter(({ kind }) => kind === "text")
    .map(({ name }) => name);

/**
 * Reads the rows of DATA with their targets.
 *
 * @throws DataError for a label that is not a class of the model
 */
export function readRows(
  command: string,
  model: ModelFile,
  data: DataArgument,
): Promise<{ rows: Rows; notes: readonly string[] }> {
  return withTable(command, { argument: data, texts: textsOf(model.table) }, async (open) => ({
    rows: await rowsOf(command, model, open),
    notes: open.notes,
  }));
}

async function rowsOf(command: string, { table: spec, task, fitted }: ModelFile, open: OpenTable): Promise<Rows> {
  if (!isTableSpec(spec)) {
    const rating: SavedColumn = { ...spec.rating, kind: "number" };
    const table = await open.read([requestOf(spec.user), requestOf(spec.item), requestOf(rating)]);
    const ratings = numbersOf(command, asSaved(command, rating, table));
    return { task: "ratings", ...pairsOf(command, spec, table), ratings };
  }
  const table = await open.read([...spec.features.map(requestOf), { ...requestOf(spec.target), needed: true }]);
  const X = encode(command, allAsSaved(command, table, spec.features), spec.features);
  const column = asSaved(command, spec.target, table);
  if (task === "regression" || !isClassifier(fitted)) return { task: "regression", X, y: numbersOf(command, column) };
  const y = labelsOf(command, column, table);
  const known = new Set<Label>(fitted.classes);
  const unknown = [...new Set(y.filter((label) => !known.has(label)))];
  if (unknown.length > 0) {
    const found = unknown.slice(0, MAX_UNKNOWN).map((label) => `${show(label)} at ${table.locate(y.indexOf(label))}`);
    const more = unknown.length - found.length;
    throw new DataError(
      `${command}: column ${show(spec.target.name)} must contain only the classes of the model (${list(fitted.classes)}), but it contains ` +
        `${found.join(", ")}${more === 0 ? "" : ` and ${more} other values`}. Correct the cells, remove their rows, or train with such rows.`,
    );
  }
  return { task: "classification", X, y };
}

/**
 * The request for a column of the model: text, or numbers. If points separate thousands, numbers are read as they are
 * written, because 9.830 would be another number.
 */
const requestOf = ({ name, kind, format }: SavedColumn): ColumnRequest => ({
  name,
  as: kind === "text" ? "text" : format?.group === "." ? "written" : "number",
});

function pairsOf(command: string, { user, item }: RatingsSpec, table: DataTable) {
  const labels = (saved: RatingsSpec["user"]): Label[] => labelsOf(command, asSaved(command, saved, table), table);
  return { users: labels(user), items: labels(item) };
}
