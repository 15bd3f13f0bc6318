// Features as a matrix: numbers as they are, false and true as 0 and 1, text one-hot. What a text column may say is
// learnt once, from the training table, and kept with the model.
import type { Matrix } from "downhill";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import { zeros } from "../cells/numberStore.ts";
import { byCodePoints, type Column, columnOf, type DataTable, type TextColumn } from "../columns/column.ts";
import { leaveOut } from "../columns/leaveOut.ts";
import type { NumberFormat } from "../columns/numberText.ts";
import { areCategories, type Decided } from "./columnRule.ts";

/** One column of the training table, as the model file keeps it; `format` is how its numbers are written as text. */
export type FeatureSpec =
  | { readonly name: string; readonly kind: "number" | "boolean"; readonly format?: NumberFormat }
  | { readonly name: string; readonly kind: "text"; readonly categories: readonly string[] };

/**
 * What the columns are.
 *
 * @throws DataError for a text column that has more values than a category should
 */
export function learnFeatures(command: string, decided: readonly Decided[], rows: number): FeatureSpec[] {
  return decided.map(({ column, format, note }) => {
    const { name, kind } = column;
    if (kind !== "text") return { name, kind, ...(format && { format }) };
    const count = column.texts.length;
    if (!areCategories(count, rows)) {
      const why = note === undefined ? "" : ` (${note})`;
      throw new DataError(
        `${command}: text column ${show(name)} must repeat its values to be one-hot encoded, ` +
          `got ${count} different ones in ${rows} rows${why}. L${leaveOut(command, name).slice(1)}.`,
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
 * The columns as a matrix. If all columns are numbers that were read together into one array, that array is the matrix; it is not copied.
 *
 * @param table  its columns are of the kinds learnt: of a training run as decided, else as `asSaved` gives them
 * @throws DataError for a text that was not seen
 */
export function encode(command: string, table: DataTable, specs: readonly FeatureSpec[]): Matrix {
  const { rows } = table;
  const names = featureNames(specs);
  const width = names.length;
  const columns = specs.map((spec) => columnOf(table, spec.name));
  const together = asTheyLie(columns);
  if (together !== undefined) return { data: together, rows, columns: width, names };
  const data = zeros(command, rows, width);
  let at = 0;
  for (const [j, column] of columns.entries()) {
    const spec = specs[j]!;
    if (column.kind === "text") {
      const places = categoryPlaces(command, spec, column, table);
      for (let i = 0; i < rows; i++) data[i * width + at + places[column.codes[i]!]!] = 1;
      at += (spec as { categories: readonly string[] }).categories.length;
    } else {
      const { values, start, step } = column;
      for (let i = 0, from = start; i < rows; i++, from += step) data[i * width + at] = values[from]!;
      at += 1;
    }
  }
  return { data, rows, columns: width, names };
}

/** The numbers of columns that lie row by row, all of them and in this order; else undefined. */
function asTheyLie(columns: readonly Column[]): Float64Array | undefined {
  const [first] = columns;
  if (first === undefined || first.kind === "text") return undefined;
  const { values } = first;
  const fits = columns.every(
    (column, j) =>
      column.kind !== "text" &&
      column.values.buffer === values.buffer &&
      column.step === columns.length &&
      column.start === j,
  );
  return fits ? values : undefined;
}

const firstRow = (column: Column, code: number): number => (column as TextColumn).codes.indexOf(code);

/** Where each text of the column has its 1. */
function categoryPlaces(command: string, spec: FeatureSpec, column: TextColumn, { place }: DataTable): number[] {
  const { categories } = spec as { categories: readonly string[] };
  const known = new Map(categories.map((category, i) => [category, i]));
  return column.texts.map((text, code) => {
    const position = known.get(text);
    if (position !== undefined) return position;
    throw new DataError(
      `${command}: column ${show(spec.name)} must hold the ${categories.length} values of the training table, ` +
        `got ${show(text)} at ${place(firstRow(column, code))}. Correct the cell, or train with such rows.`,
    );
  });
}
