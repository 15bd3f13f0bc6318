// Features as a matrix: numbers as they are, false and true as 0 and 1, text one-hot. What a text column may say is
// learnt once, from the training table, and kept with the model.
import type { Matrix } from "downhill";
import { DataError, leaveOut, show } from "../errors.ts";
import { byCodePoints, type Column, type DataTable, type TextColumn } from "./column.ts";

/** One column of the training table, as the model file keeps it. */
export type FeatureSpec =
  | { readonly name: string; readonly kind: "number" | "boolean" }
  | { readonly name: string; readonly kind: "text"; readonly categories: readonly string[] };

const MOST_CATEGORIES = 1000;
const ALWAYS_FINE = 10; // in a table of a few rows, half of them is not many

/**
 * What the columns are.
 *
 * @throws DataError for a text column that has more values than a category should
 */
export function learnFeatures(who: string, columns: readonly Column[], rows: number): FeatureSpec[] {
  return columns.map((column) => {
    const { name, kind } = column;
    if (kind !== "text") return { name, kind };
    const count = column.texts.length;
    if (count > MOST_CATEGORIES || (count > ALWAYS_FINE && count > rows / 2)) {
      throw new DataError(
        `${who}: text column ${show(name)} must repeat its values to be one-hot encoded, ` +
          `got ${count} different ones in ${rows} rows. L${leaveOut(who, name).slice(1)}.`,
      );
    }
    return { name, kind, categories: [...column.texts].sort(byCodePoints) };
  });
}

/** The names of the matrix's columns: `column`, or `column=value`. */
export const featureNames = (specs: readonly FeatureSpec[]): string[] =>
  specs.flatMap((spec) =>
    spec.kind === "text" ? spec.categories.map((category) => `${spec.name}=${category}`) : [spec.name],
  );

/**
 * The columns as a matrix.
 *
 * @throws DataError for a column of another kind than learnt, or a text that was not seen
 */
export function encode(who: string, table: DataTable, specs: readonly FeatureSpec[]): Matrix {
  const { rows } = table;
  const names = featureNames(specs);
  const width = names.length;
  const data = new Float64Array(rows * width);
  let at = 0;
  for (const spec of specs) {
    const column = table.columns.find(({ name }) => name === spec.name)!;
    requireKind(who, spec, column, table);
    if (column.kind === "text") {
      const places = categoryPlaces(who, spec, column, table);
      for (let i = 0; i < rows; i++) data[i * width + at + places[column.codes[i]!]!] = 1;
      at += (spec as { categories: readonly string[] }).categories.length;
    } else {
      for (let i = 0; i < rows; i++) data[i * width + at] = column.values[i]!;
      at += 1;
    }
  }
  return { data, rows, columns: width, names };
}

const kindWords = { number: "numbers", boolean: "true and false", text: "text" } as const;

function requireKind(who: string, spec: FeatureSpec, column: Column, { place }: DataTable): void {
  if (spec.kind === column.kind) return;
  const odd = column.kind === "text" ? column.texts.findIndex((text) => Number.isNaN(Number(text))) : -1;
  const example = odd < 0 ? "" : ` (${show((column as TextColumn).texts[odd]!)} at ${place(firstRow(column, odd))})`;
  throw new DataError(
    `${who}: column ${show(spec.name)} must hold ${kindWords[spec.kind]} as in the training table, ` +
      `got ${kindWords[column.kind]}${example}. Correct the cells.`,
  );
}

const firstRow = (column: Column, code: number): number => (column as TextColumn).codes.indexOf(code);

/** Where each text of the column has its 1. */
function categoryPlaces(who: string, spec: FeatureSpec, column: TextColumn, { place }: DataTable): number[] {
  const { categories } = spec as { categories: readonly string[] };
  const known = new Map(categories.map((category, i) => [category, i]));
  return column.texts.map((text, code) => {
    const position = known.get(text);
    if (position !== undefined) return position;
    throw new DataError(
      `${who}: column ${show(spec.name)} must hold the ${categories.length} values of the training table, ` +
        `got ${show(text)} at ${place(firstRow(column, code))}. Correct the cell, or train with such rows.`,
    );
  });
}
