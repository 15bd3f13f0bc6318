// Features as a matrix: numbers unchanged, false and true as 0 and 1, text one-hot encoded. The categories of a text column
// are those of the training table; the model file stores them.
import type { Matrix } from "downhill";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import { forAll } from "../../errors/severalErrors.ts";
import { zeros } from "../cells/numberStore.ts";
import { byCodePoints, type Column, columnOf, type DataTable, type TextColumn } from "../columns/column.ts";
import { leaveOut } from "../columns/leaveOut.ts";
import type { NumberFormat } from "../columns/numberText.ts";
import { areCategories, type DecidedColumn } from "./columnRule.ts";

/** A column of the training table, as the model file stores it. */
export type FeatureSpec =
  | { readonly name: string; readonly kind: "number" | "boolean"; readonly format?: NumberFormat }
  | { readonly name: string; readonly kind: "text"; readonly categories: readonly string[] };

/**
 * The features of a training table.
 *
 * @throws DataError for a text column with too many different values
 */
export function learnFeatures(command: string, decided: readonly DecidedColumn[], rows: number): FeatureSpec[] {
  return forAll(decided, ({ column, format, note }): FeatureSpec => {
    const { name, kind } = column;
    if (kind !== "text") return { name, kind, ...(format && { format }) };
    const count = column.texts.length;
    if (!areCategories(count, rows)) {
      const why = note === undefined ? "" : ` ${note}.`;
      throw new DataError(
        `${command}: text column ${show(name)} has ${count} different values in ${rows} rows, too many for categories.${why} ` +
          `L${leaveOut(command, name).slice(1)}.`,
      );
    }
    return { name, kind, categories: [...column.texts].sort(byCodePoints) };
  });
}

const MAX_UNKNOWN = 5; // values that an error names

/** The names of the matrix's columns: `column`, or `column=value`. */
export const featureNames = (specs: readonly FeatureSpec[]): string[] =>
  specs.flatMap((spec) =>
    spec.kind === "text" ? spec.categories.map((category) => `${spec.name}=${category}`) : [spec.name],
  );

/**
 * The columns as a matrix. If all columns are numbers that were read together into one array, the matrix uses this array
 * without a copy.
 *
 * @param table  has columns of the kinds in `specs`
 * @throws DataError for a category that is not in `specs`
 */
export function encode(command: string, table: DataTable, specs: readonly FeatureSpec[]): Matrix {
  const { rows } = table;
  const names = featureNames(specs);
  const width = names.length;
  const columns = specs.map((spec) => columnOf(table, spec.name));
  const shared = sharedArray(columns);
  if (shared !== undefined) return { data: shared, rows, columns: width, names };
  const positionsOf = forAll(columns, (column, j) =>
    column.kind === "text" ? categoryPositions(command, { spec: specs[j]!, column, table }) : [],
  );
  const data = zeros(command, rows, width);
  let at = 0;
  for (const [j, column] of columns.entries()) {
    const spec = specs[j]!;
    if (column.kind === "text") {
      const positions = positionsOf[j]!;
      for (let i = 0; i < rows; i++) data[i * width + at + positions[column.codes[i]!]!] = 1;
      at += (spec as { categories: readonly string[] }).categories.length;
    } else {
      const { values, start, step } = column;
      for (let i = 0, from = start; i < rows; i++, from += step) data[i * width + at] = values[from]!;
      at += 1;
    }
  }
  return { data, rows, columns: width, names };
}

/** The row-major array of exactly these columns in this order; undefined if there is none. */
function sharedArray(columns: readonly Column[]): Float64Array | undefined {
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

/** The position of each text of the column among the categories. */
function categoryPositions(
  command: string,
  { spec, column, table }: { readonly spec: FeatureSpec; readonly column: TextColumn; readonly table: DataTable },
): number[] {
  const { categories } = spec as { categories: readonly string[] };
  const known = new Map(categories.map((category, i) => [category, i]));
  const unknown = column.texts.map((text, code) => ({ text, code })).filter(({ text }) => !known.has(text));
  if (unknown.length > 0) {
    const found = unknown
      .slice(0, MAX_UNKNOWN)
      .map(({ text, code }) => `${show(text)} at ${table.locate(column.codes.indexOf(code))}`);
    const more = unknown.length - found.length;
    throw new DataError(
      `${command}: column ${show(spec.name)} must contain only the ${categories.length} values of the training table, but it contains ` +
        `${found.join(", ")}${more === 0 ? "" : ` and ${more} other values`}. ` +
        `Correct the ${unknown.length === 1 ? "cell" : "cells"}, or train with such rows.`,
    );
  }
  return column.texts.map((text) => known.get(text)!);
}
