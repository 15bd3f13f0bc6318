// What the page shows of a file before it is used.
import { type CellColumn, type CellTable, type ColumnInspection, inspectTable } from "downhill";
import type { ColumnHolds } from "./fileData.ts";
import type { ReadTable } from "./readTable.ts";

/** A column of a file. */
export interface FileColumn {
  readonly name: string;
  /** As what it is read: number, category, date, …; null where nothing can be read. */
  readonly kind: string | null;
  readonly missing: number;
  /** What it holds to predict, and the number of its different values. */
  readonly holds: ColumnHolds;
  readonly classes: number;
}

/** The columns and the first rows of a file. */
export interface FileFacts extends Pick<ReadTable, "delimiter" | "encoding" | "sample" | "fileRows"> {
  /** The rows that are used. */
  readonly rows: number;
  readonly columns: readonly FileColumn[];
  /** Whether the three columns look like users, items and ratings. */
  readonly ratingPairs: boolean;
  /** Each of the first rows: the number of its line in the file, or of the row where a file has no lines, and its cells as texts. */
  readonly preview: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

const PREVIEW = 50; // rows

/** The facts about a table. */
export function fileFacts({ table, lines, delimiter, encoding, sample, fileRows }: ReadTable): FileFacts {
  const { rows, columns } = inspectTable(table);
  const cells = [...table.columns.values()];
  return {
    ...{ rows, delimiter, encoding, sample, fileRows },
    columns: columns.map((column) => ({
      ...{ name: column.name, kind: column.kind, missing: column.missing ?? 0, classes: column.distinct ?? 0 },
      holds: holdsOf(column, table),
    })),
    ratingPairs: columns.length === 3 && areRatings(columns, table),
    preview: Array.from({ length: Math.min(PREVIEW, rows) }, (_, row) => ({
      line: lines[row]!,
      cells: cells.map((column) => cellText(column, row)),
    })),
  };
}

const MAX_CLASSES = 20;
const MAX_CODE = 20; // 2019, 2020, 2021 are consecutive too, but they are years
const ROWS_PER_CLASS = 5;

/**
 * What a column holds to predict, by the rule of the command: classes are texts, truth values, and at most 20 different whole numbers
 * that are two, or consecutive and within ±20. 0 and 1, and −1 and 1, are always classes.
 */
function holdsOf(
  { name, kind, distinct, missing, numbers }: ColumnInspection,
  { rows, columns }: CellTable,
): ColumnHolds {
  if (kind !== "number") return kind === "category" || kind === "boolean" || kind === "ordinal" ? "classes" : "numbers";
  if (numbers === null || distinct === null || distinct > MAX_CLASSES || !areIntegers(columns.get(name)!))
    return "numbers";
  const { smallest, largest } = numbers;
  if (distinct === 2 && largest === 1 && (smallest === 0 || smallest === -1)) return "classes";
  if (rows - (missing ?? 0) < ROWS_PER_CLASS * distinct) return "numbers";
  const areConsecutive = largest - smallest === distinct - 1 && smallest >= -MAX_CODE && largest <= MAX_CODE;
  return distinct === 2 || areConsecutive ? "classes" : "numbers";
}

/** Whether the numbers of a column are plain integers; texts without digits are missing cells. */
function areIntegers(column: CellColumn): boolean {
  if (column.type === "text") return column.texts.every((text) => !/\d/.test(text) || Number.isInteger(Number(text)));
  return "values" in column && column.values.every((value) => Number.isNaN(value) || Number.isInteger(value));
}

const MOST_RATINGS = 11; // different ratings, such as 0 to 10
const LEAST_IDS = 5;

/** Whether three columns are users, items and ratings: two columns whose values repeat and whose pairs do not, and a few numbers. */
function areRatings([user, item, rating]: readonly ColumnInspection[], { rows, columns }: CellTable): boolean {
  if (rating!.kind !== "number" || rating!.distinct! > MOST_RATINGS || rating!.distinct! < 3) return false;
  const areIds = [user!, item!].every(({ kind, distinct, missing }) => {
    const isId = (kind === "number" || kind === "category") && missing === 0;
    return isId && distinct! >= LEAST_IDS && 2 * distinct! <= rows;
  });
  if (!areIds || 2 * user!.distinct! * item!.distinct! < rows) return false;
  const [a, b] = [columns.get(user!.name)!, columns.get(item!.name)!];
  const pairs = new Set(Array.from({ length: rows }, (_, row) => `${cellText(a, row)}\n${cellText(b, row)}`));
  return pairs.size >= 0.95 * rows;
}

/** A cell as text; "" where it is missing. */
function cellText(column: CellColumn, row: number): string {
  if (column.type === "text") return column.texts[column.codes[row]!] ?? "";
  if (column.type === "other") return `(${column.contents})`;
  if ("values" in column) {
    const value = column.values[column.start + row * column.step]!;
    if (Number.isNaN(value)) return "";
    return column.type === "boolean" ? String(value === 1) : String(value);
  }
  const time = column.milliseconds[row]!;
  if (Number.isNaN(time)) return "";
  const text = new Date(time).toISOString();
  return column.type === "time" ? text.slice(11, 19) : text.slice(0, column.type === "date" ? 10 : 19);
}
