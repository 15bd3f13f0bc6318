// Columns for `predict` and `evaluate`: each has the kind and the number format that the model file stores.
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import { forAll } from "../../errors/severalErrors.ts";
import {
  type Column,
  type ColumnKind,
  columnOf,
  type DataTable,
  kindNames,
  numberAt,
  numberColumn,
} from "../columns/column.ts";
import { isPlain, type NumberFormat, numberOf, plainFormat } from "../columns/numberText.ts";

/** A column in a model file. */
export interface SavedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly format?: NumberFormat;
}

const truth: ReadonlyMap<string, number> = new Map([
  ...["true", "True", "TRUE", "1"].map((text) => [text, 1] as const),
  ...["false", "False", "FALSE", "0"].map((text) => [text, 0] as const),
]);

/**
 * A column converted to the kind in the model file: numbers from text in their format, truth values from "true", "false",
 * 1 and 0.
 *
 * @throws DataError for the first cell that cannot be converted
 */
export function asSaved(command: string, saved: SavedColumn, table: DataTable): Column {
  const { rows, locate } = table;
  const column = columnOf(table, saved.name);
  const { name, kind, format = plainFormat } = saved;
  if (kind === "text" && column.kind === "text") return column;
  const fail = (got: string): never => {
    throw new DataError(
      `${command}: column ${show(name)} must contain ${kindNames[kind]}, as in the training table, but ${got}. Correct the cells.`,
    );
  };
  if (column.kind === "text") {
    const value = (text: string) => (kind === "boolean" ? truth.get(text) : numberOf(text, format));
    const values = column.texts.map(value);
    const odd = column.codes.findIndex((code) => values[code] === undefined);
    if (odd >= 0) {
      const count = column.codes.reduce((sum, code) => sum + Number(values[code] === undefined), 0);
      const others = count === 1 ? "is" : `and ${count - 1} more are`;
      fail(`${show(column.texts[column.codes[odd]!]!)} at ${locate(odd)} ${others} other text`);
    }
    return numberColumn(
      name,
      kind === "boolean" ? kind : "number",
      Float64Array.from(column.codes, (code) => values[code]!),
    );
  }
  if (kind === "boolean" && column.kind === "number") {
    for (let row = 0; row < rows; row++) {
      const value = numberAt(column, row);
      if (value !== 0 && value !== 1) fail(`the cell at ${locate(row)} is ${value}`);
    }
    return { ...column, kind };
  }
  if (kind !== column.kind) fail(`it contains ${kindNames[column.kind]}`);
  if (!isPlain({ ...format, decimal: ".", group: "" })) fail(`its numbers have no ${format.unit}`);
  return column;
}

/** A table of the saved columns, each converted to its kind. */
export const allAsSaved = (command: string, table: DataTable, saved: readonly SavedColumn[]): DataTable => ({
  ...table,
  columns: forAll(saved, (each) => asSaved(command, each, table)),
});
