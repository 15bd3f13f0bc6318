// A column as the training run decided it, for `predict` and `evaluate`: nothing is decided again.
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

/** What a model file says of a column. */
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
 * The column as saved: numbers in their format, truth values of "true", "false", 1 and 0.
 *
 * @throws DataError for the first cell that does not fit
 */
export function asSaved(command: string, column: Column, saved: SavedColumn, { rows, place }: DataTable): Column {
  const { name, kind, format = plainFormat } = saved;
  if (kind === "text" && column.kind === "text") return column;
  const refuse = (got: string, row: number, count = 1): never => {
    throw new DataError(
      `${command}: column ${show(name)} must hold ${kindNames[kind]} as in the training table, ` +
        `got ${got} at ${place(row)}${count === 1 ? "" : ` and ${count - 1} more`}. Correct the cells.`,
    );
  };
  if (column.kind === "text") {
    const value = (text: string) => (kind === "boolean" ? truth.get(text) : numberOf(text, format));
    const values = column.texts.map(value);
    const odd = column.codes.findIndex((code) => values[code] === undefined);
    if (odd >= 0) {
      const count = column.codes.reduce((sum, code) => sum + Number(values[code] === undefined), 0);
      refuse(show(column.texts[column.codes[odd]!]!), odd, count);
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
      if (value !== 0 && value !== 1) refuse(String(value), row);
    }
    return { ...column, kind };
  }
  if (kind !== column.kind) refuse(kindNames[column.kind], 0);
  if (!isPlain({ ...format, decimal: ".", group: "" })) refuse(`numbers without the sign ${format.unit}`, 0);
  return column;
}

/** The table of the saved columns, each as saved. */
export const allAsSaved = (command: string, table: DataTable, saved: readonly SavedColumn[]): DataTable => ({
  ...table,
  columns: forAll(saved, (each) => asSaved(command, columnOf(table, each.name), each, table)),
});
