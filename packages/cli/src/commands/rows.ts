// The rows of DATA as a saved model wants them: its columns, its kinds, its categories.
import type { Label, Matrix } from "downhill";
import { DataError, list, show } from "../errors.ts";
import { isTableSpec, type ModelFile, type RatingsSpec, type TableSpec } from "../model/modelFile.ts";
import type { Rows } from "../model/part.ts";
import { isClassifier } from "../model/scores.ts";
import type { ColumnKind, DataTable } from "../table/column.ts";
import { encode } from "../table/features.ts";
import { labelsOf, numbersOf } from "../table/labels.ts";
import { openTable } from "../table/openTable.ts";

/** What a model predicts from: features, or users with items. */
export type Inputs =
  | { readonly kind: "features"; readonly X: Matrix }
  | { readonly kind: "pairs"; readonly users: readonly Label[]; readonly items: readonly Label[] };

/** The inputs in DATA; the target may be missing. */
export async function readInputs(who: string, { table: spec }: ModelFile, data: string): Promise<Inputs> {
  const open = await openTable(who, data);
  if (isTableSpec(spec)) {
    const names = spec.features.map(({ name }) => name);
    const table = await open.read(names, textNames(spec));
    return { kind: "features", X: encode(who, table, spec.features) };
  }
  const table = await open.read([spec.user.name, spec.item.name], pairTexts(spec));
  return { kind: "pairs", ...pairsOf(who, spec, table) };
}

/**
 * The rows of DATA with their targets.
 *
 * @throws DataError for a label that the model never saw
 */
export async function readRows(who: string, { table: spec, task, fitted }: ModelFile, data: string): Promise<Rows> {
  const open = await openTable(who, data);
  if (!isTableSpec(spec)) {
    const { user, item, rating } = spec;
    const table = await open.read([user.name, item.name, rating.name], pairTexts(spec));
    return { task: "ratings", ...pairsOf(who, spec, table), ratings: numbersOf(who, columnOf(table, rating.name)) };
  }
  const { name, kind } = spec.target;
  const texts = [...textNames(spec), ...(kind === "text" ? [name] : [])];
  const table = await open.read([...spec.features.map((feature) => feature.name), name], texts);
  const X = encode(who, table, spec.features);
  const column = columnOf(table, name);
  if (task === "regression" || !isClassifier(fitted)) return { task: "regression", X, y: numbersOf(who, column) };
  requireSameKind(who, name, kind, column.kind);
  const y = labelsOf(who, column, table);
  const known = new Set<Label>(fitted.classes);
  const at = y.findIndex((label) => !known.has(label));
  if (at >= 0) {
    throw new DataError(
      `${who}: labels in ${show(name)} must be classes of the model (${list(fitted.classes)}), ` +
        `got ${show(y[at])} at ${table.place(at)}. Remove the row, or train with such rows.`,
    );
  }
  return { task: "classification", X, y };
}

const columnOf = (table: DataTable, wanted: string) => table.columns.find(({ name }) => name === wanted)!;

const textNames = ({ features }: TableSpec): string[] =>
  features.filter(({ kind }) => kind === "text").map(({ name }) => name);

const pairTexts = ({ user, item }: RatingsSpec): string[] =>
  [user, item].filter(({ kind }) => kind === "text").map(({ name }) => name);

function pairsOf(who: string, { user, item }: RatingsSpec, table: DataTable) {
  const labels = ({ name, kind }: RatingsSpec["user"]): Label[] => {
    const column = columnOf(table, name);
    requireSameKind(who, name, kind, column.kind);
    return labelsOf(who, column, table);
  };
  return { users: labels(user), items: labels(item) };
}

const kindWords = { number: "numbers", boolean: "true and false", text: "text" } as const;

function requireSameKind(who: string, name: string, wanted: ColumnKind, got: ColumnKind): void {
  if (wanted === got) return;
  throw new DataError(
    `${who}: column ${show(name)} must hold ${kindWords[wanted]} as in the training table, got ${kindWords[got]}. ` +
      "Correct the cells.",
  );
}
