// A typed table whose rows come in parts, so that they need not be in memory together.
import type { ShareWork } from "../cells/cellParts.ts";
import type { CategoryValues, NumberValues, TypedColumn, TypedTable } from "./typedTable.ts";

/** A column without its values. */
export type ColumnHead = Pick<NumberValues, "name" | "kind"> | TextHead;

/** A column of texts without the codes of its rows. */
export type TextHead = Pick<CategoryValues, "name" | "kind" | "texts">;

/** The rows of a table in parts. A part is valid until the next one is requested. */
export interface TypedParts extends Omit<TypedTable, "columns"> {
  /** The columns that can be used, in the order of the source. */
  readonly columns: readonly ColumnHead[];
  /**
   * The parts in the order of the rows, each with the columns of these names in the same order. All parts of a column of
   * categories have the texts of its head. Each call begins with the first row.
   */
  parts(names: readonly string[]): Iterable<TypedTable>;
  /** How processes that have the same parts divide work [each process does all work]. */
  readonly share?: ShareWork | undefined;
  /** The row of the source with an index, if these are not all rows of the source. */
  rowOf?(index: number): number;
}

/** A table in memory or in parts. */
export type TypedRows = TypedTable | TypedParts;

/** Some rows of columns, and the index of the first of these rows. */
export interface Part<C extends TypedColumn = TypedColumn> {
  readonly first: number;
  readonly rows: number;
  readonly columns: readonly C[];
}

export const isInParts = (table: TypedRows): table is TypedParts => "parts" in table;

/** Work on columns of a table, which processes with the same parts divide. */
export const sharedWork = <T, R>(
  table: TypedParts,
  items: readonly T[],
  work: (table: TypedParts, items: readonly T[]) => readonly R[],
): readonly R[] =>
  table.share === undefined
    ? work(table, items)
    : table.share(items, (own) => work({ ...table, share: undefined }, own));

/** The parts of some columns; a table in memory is one part. */
export function* partsOf<C extends TypedColumn = TypedColumn>(
  table: TypedRows,
  names: readonly string[],
): Generator<Part<C>, void> {
  const taken = ({ columns }: TypedTable): C[] =>
    names.map((name) => columns.find((column) => column.name === name) as C);
  if (!isInParts(table)) {
    yield { first: 0, rows: table.rows, columns: taken(table) };
    return;
  }
  let first = 0;
  for (const part of table.parts(names)) {
    yield { first, rows: part.rows, columns: taken(part) };
    first += part.rows;
  }
}

/** The values of a column of numbers, one after another, with the index of its row. Ends when `visit` returns false. */
export function eachNumber(table: TypedRows, name: string, visit: (value: number, row: number) => unknown): void {
  for (const { first, rows, columns } of partsOf<NumberValues>(table, [name])) {
    const { values, start, step } = columns[0]!;
    for (let row = 0, at = start; row < rows; row++, at += step) if (visit(values[at]!, first + row) === false) return;
  }
}
