// The data of a state from a file that the user has opened: a first choice of the column to predict, which the user can change.
import { type CellColumn, type CellTable, inspectTable } from "downhill";
import type { Holds } from "../state/dataFields.ts";
import { fileFields } from "../state/dataFields.ts";
import { initialOf } from "../state/field.ts";
import type { DataState } from "../state/labState.ts";
import type { ReadingChoices, ReadTable } from "./readTable.ts";

/** The data of a state that names a file. */
export type FileData = Extract<DataState, { readonly kind: "file" }>;

/**
 * The data of a file: the last column is predicted from the others, or ratings if the columns are named so. A delimiter other than the
 * comma and an encoding other than UTF-8 become a part of the data, so that programs and command lines read the file in the same way.
 */
export function fileDataOf(reading: ReadTable, { name, header }: ReadingChoices, sha256: string): FileData {
  const { table, delimiter, encoding } = reading;
  const names = [...table.columns.keys()];
  const like = (word: RegExp) => names.find((each) => word.test(each));
  const [user, item, rating] = [like(/^user(_?id)?$/i), like(/^(item|movie)(_?id)?$/i), like(/^ratings?$/i)];
  const shared = {
    ...initialOf(fileFields),
    ...({ kind: "file", name, sha256, rows: table.rows, columns: names.length } as const),
    ...(delimiter !== null && delimiter !== "," && { delimiter }),
    ...(encoding !== null && encoding !== "utf-8" && { encoding }),
    ...(header !== undefined && { header }),
  };
  if (user !== undefined && item !== undefined && rating !== undefined) {
    return { ...shared, holds: "ratings", user, item, target: rating };
  }
  return withTarget(shared, table, names.at(-1)!);
}

/** The data with another column to predict. */
export const withTarget = (data: FileData, table: CellTable, target: string): FileData => ({
  ...data,
  target,
  holds: holdsOfColumn(table, target),
  classes: differentCells(table.columns.get(target)!),
});

function differentCells(column: CellColumn): number {
  if (column.type === "text") return column.texts.length;
  return "values" in column ? new Set(column.values.filter((value) => !Number.isNaN(value))).size : 0;
}

const MAX_CLASSES = 20;
const ROWS_PER_CLASS = 5;

/**
 * What a column holds to predict, by the rule of the command: classes are texts, truth values, and at most 20 different whole
 * numbers that are two or consecutive.
 */
function holdsOfColumn(table: CellTable, target: string): Exclude<Holds, "ratings"> {
  const column = table.columns.get(target)!;
  const { kind } = inspectTable(table).columns.find(({ name }) => name === target)!;
  if (kind !== "number") return kind === "category" || kind === "boolean" || kind === "ordinal" ? "classes" : "numbers";
  const values = column.type === "text" ? column.texts : "values" in column ? [...new Set(column.values)] : [];
  const numbers = values.map(Number).sort((a, b) => a - b);
  const isWhole = numbers.length <= MAX_CLASSES && numbers.every(Number.isInteger);
  const isConsecutive = numbers.at(-1)! - numbers[0]! === numbers.length - 1;
  const areMany = table.rows >= ROWS_PER_CLASS * numbers.length;
  return isWhole && areMany && (numbers.length === 2 || isConsecutive) ? "classes" : "numbers";
}
