// The rows of DATA as a saved model wants them: its columns, its kinds, its categories.
import type { Label, Matrix } from "downhill";
import { DataError, UsageError } from "../errors/errors.ts";
import { adviceOnName } from "../errors/nearNames.ts";
import { list, show } from "../errors/quoting.ts";
import { forAll } from "../errors/severalErrors.ts";
import type { ColumnRequest } from "../table/cells/reader.ts";
import { columnOf, type DataTable, type TextColumn } from "../table/columns/column.ts";
import { encode } from "../table/encoding/features.ts";
import { labelsOf, numbersOf } from "../table/encoding/labels.ts";
import { allAsSaved, asSaved, type SavedColumn } from "../table/encoding/savedColumn.ts";
import type { DataArgument } from "../table/files/source.ts";
import { type OpenTable, withTable } from "../table/openTable.ts";
import { isClassifier } from "./metrics.ts";
import { isTableSpec, type ModelFile, type RatingsSpec, type TableSpec } from "./modelFile.ts";
import type { Rows } from "./rows.ts";

/** A column of DATA as it is written, for the output of `predict`. */
export type KeptColumn = [name: string, texts: readonly string[]];

/** What a model predicts from: features, or users with items. */
export type Inputs =
  | { readonly kind: "features"; readonly X: Matrix }
  | { readonly kind: "pairs"; readonly users: readonly Label[]; readonly items: readonly Label[] };

/**
 * The inputs in DATA, and columns of it that are kept as they are written; the target may be missing.
 *
 * @throws UsageError for a kept column that is not there
 */
export function readInputs(
  command: string,
  { table: spec }: ModelFile,
  data: DataArgument,
  keep: readonly string[],
): Promise<{ inputs: Inputs; kept: KeptColumn[] }> {
  return withTable(command, data, [...textsOf(spec), ...keep], async (open) => {
    forAll(keep, (name) => {
      if (open.columns.includes(name)) return;
      throw new UsageError(
        `${command}: --keep names the column ${show(name)}, which the data do not have. ${adviceOnName(name, open.columns)}`,
      );
    });
    const used = isTableSpec(spec) ? spec.features : [spec.user, spec.item];
    // One reading for both: a query may give other rows when it is run again.
    const table = await open.read([
      ...used.map((column) => wanted(column)),
      ...keep.map((name): ColumnRequest => ({ name, as: "kept" })),
    ]);
    const kept = table.columns
      .slice(used.length)
      .map((column): KeptColumn => [column.name, (column as TextColumn).texts]);
    if (!isTableSpec(spec)) return { inputs: { kind: "pairs", ...pairsOf(command, spec, table) }, kept };
    const X = encode(command, allAsSaved(command, table, spec.features), spec.features);
    return { inputs: { kind: "features", X }, kept };
  });
}

const MOST_UNKNOWN = 5; // labels that an error names

/** The columns that the model takes as they are written. */
const textsOf = (spec: TableSpec | RatingsSpec): string[] =>
  (isTableSpec(spec) ? [...spec.features, spec.target] : [spec.user, spec.item])
    .filter(({ kind }) => kind === "text")
    .map(({ name }) => name);

/**
 * The rows of DATA with their targets.
 *
 * @throws DataError for a label that the model never saw
 */
export function readRows(command: string, model: ModelFile, data: DataArgument): Promise<Rows> {
  return withTable(command, data, textsOf(model.table), (open) => rowsOf(command, model, open));
}

async function rowsOf(command: string, { table: spec, task, fitted }: ModelFile, open: OpenTable): Promise<Rows> {
  if (!isTableSpec(spec)) {
    const rating: SavedColumn = { ...spec.rating, kind: "number" };
    const table = await open.read([wanted(spec.user), wanted(spec.item), wanted(rating)]);
    const ratings = numbersOf(command, asSaved(command, columnOf(table, rating.name), rating, table));
    return { task: "ratings", ...pairsOf(command, spec, table), ratings };
  }
  const { name } = spec.target;
  const table = await open.read([
    ...spec.features.map((feature) => wanted(feature)),
    { ...wanted(spec.target), needed: true },
  ]);
  const X = encode(command, allAsSaved(command, table, spec.features), spec.features);
  const column = asSaved(command, columnOf(table, name), spec.target, table);
  if (task === "regression" || !isClassifier(fitted)) return { task: "regression", X, y: numbersOf(command, column) };
  const y = labelsOf(command, column, table);
  const known = new Set<Label>(fitted.classes);
  const unknown = [...new Set(y.filter((label) => !known.has(label)))];
  if (unknown.length > 0) {
    const found = unknown.slice(0, MOST_UNKNOWN).map((label) => `${show(label)} at ${table.place(y.indexOf(label))}`);
    const more = unknown.length - found.length;
    throw new DataError(
      `${command}: labels in ${show(name)} must be classes of the model (${list(fitted.classes)}), ` +
        `got ${found.join(", ")}${more === 0 ? "" : ` and ${more} others`}. Remove the rows, or train with such rows.`,
    );
  }
  return { task: "classification", X, y };
}

/**
 * How a column is read that a model knows: text as it is written, numbers and truth values as numbers where they are plain.
 * Where points part thousands, 9.830 would be a plain number of another size.
 */
const wanted = ({ name, kind, format }: SavedColumn): ColumnRequest => ({
  name,
  as: kind === "text" ? "text" : format?.group === "." ? "written" : "number",
});

function pairsOf(command: string, { user, item }: RatingsSpec, table: DataTable) {
  const labels = (saved: RatingsSpec["user"]): Label[] =>
    labelsOf(command, asSaved(command, columnOf(table, saved.name), saved, table), table);
  return { users: labels(user), items: labels(item) };
}
