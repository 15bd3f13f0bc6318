// Features as a matrix: numbers as they are, false and true as 0 and 1, text one-hot. What a text column may say is
// learnt once, from the training table, and kept with the model.
import type { Matrix } from "downhill";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import { forAll } from "../../errors/severalErrors.ts";
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
  return forAll(decided, ({ column, format, note }): FeatureSpec => {
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

const MOST_UNKNOWN = 5; // values that an error names

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
  const places = forAll(columns, (column, j) =>
    column.kind === "text" ? categoryPlaces(command, specs[j]!, column, table) : [],
  );
  const data = zeros(command, rows, width);
  let at = 0;
  for (const [j, column] of columns.entries()) {
    const spec = specs[j]!;
    if (column.kind === "text") {
      const positions = places[j]!;
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

/** Where each text of the column has its 1. */
function categoryPlaces(command: string, spec: FeatureSpec, column: TextColumn, { place }: DataTable): number[] {
  const { categories } = spec as { categories: readonly string[] };
  const known = new Map(categories.map((category, i) => [category, i]));
  const unknown = column.texts.map((text, code) => ({ text, code })).filter(({ text }) => !known.has(text));
  if (unknown.length > 0) {
    const found = unknown
      .slice(0, MOST_UNKNOWN)
      .map(({ text, code }) => `${show(text)} at ${place(column.codes.indexOf(code))}`);
    const more = unknown.length - found.length;
    throw new DataError(
      `${command}: column ${show(spec.name)} must hold the ${categories.length} values of the training table, ` +
        `got ${found.join(", ")}${more === 0 ? "" : ` and ${more} other values`}. ` +
        `Correct the ${unknown.length === 1 ? "cell" : "cells"}, or train with such rows.`,
    );
  }
  return column.texts.map((text) => known.get(text)!);
}
