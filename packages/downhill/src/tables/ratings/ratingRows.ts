// From a table with one row per rating to lists of users, items and ratings.
import { InputRangeError, requireKnown, show } from "../../core/check.ts";
import type { CellParts } from "../cells/cellParts.ts";
import { cellTableOf, type TableData } from "../cells/cellTableOf.ts";
import type { ReadOptions } from "../reading/columnOptions.ts";
import type { ColumnKind, ReadRule } from "../reading/readRule.ts";
import { readTable } from "../reading/readTable.ts";
import { readTableInParts } from "../reading/readTableInParts.ts";
import { readWith } from "../reading/readWith.ts";
import { columnOf } from "../reading/targetOf.ts";
import type { CategoryValues, Note, NumberValues, TypedColumn, TypedTable } from "../reading/typedTable.ts";
import { categoryAt, isMissing } from "../reading/valuesOf.ts";
import type { ColumnOptions, Dialect } from "../tableOptions.ts";

/** The columns of a table of ratings, and how they are read. */
export interface RatingOptions {
  /** The column with the users. */
  readonly user: string;
  /** The column with the items. */
  readonly item: string;
  /** The column with the ratings, numbers. Without it each row is a pair of implicit feedback. */
  readonly rating?: string;
  /** The column with the times of the ratings, dates or numbers. The rows are then ordered by time. */
  readonly time?: string;
  /** The kind of the column of ratings or of times, or its options such as the format of dates, by its name. */
  readonly columns?: Readonly<Record<string, ColumnKind | ColumnOptions>>;
  /** Further texts that are missing cells, such as "unknown". */
  readonly na?: readonly string[];
  /** How messages name rows and options [as in the library]. */
  readonly dialect?: Dialect;
}

/** The roles of the columns. */
export type Role = "user" | "item" | "rating" | "time";

/** A column, and how its cells are read. */
export interface RatingColumn {
  /** The name of the column. */
  readonly name: string;
  /** How its cells are read. */
  readonly read: ReadRule;
}

/** The columns of a table of ratings; null for a role without a column. */
export interface RatingColumns {
  /** The column with the users. */
  readonly user: RatingColumn;
  /** The column with the items. */
  readonly item: RatingColumn;
  /** The column with the ratings. */
  readonly rating: RatingColumn | null;
  /** The column with the times. */
  readonly time: RatingColumn | null;
}

/** Ratings of a table: those rows whose cells are all known. */
export interface RatingRows {
  /** The row of the table of each rating. */
  readonly rows: Uint32Array;
  /** The users as text. */
  readonly users: readonly string[];
  /** The items as text. */
  readonly items: readonly string[];
  /** The ratings; null for implicit feedback. */
  readonly ratings: Float64Array | null;
  /** The times: milliseconds since 1970 for dates; null without a column of times. */
  readonly times: Float64Array | null;
}

const roles: readonly Role[] = ["user", "item", "rating", "time"];

/** @throws TypeError or RangeError for options that are not allowed */
export function checkRatingOptions(functionName: string, options: RatingOptions): void {
  requireKnown(functionName, options, [...roles, "columns", "na", "dialect"]);
  const names = roles.flatMap((role) => (options[role] === undefined ? [] : [[role, options[role]] as const]));
  for (const role of ["user", "item"] as const) {
    if (typeof options[role] === "string") continue;
    throw new InputRangeError(
      `${functionName}: ${role} must be the name of a column, got ${show(options[role])}. Pass { user: "user", item: "item" }, for example.`,
    );
  }
  for (const [role, name] of names) {
    const [other] = names.find(([each, same]) => each !== role && same === name) ?? [];
    if (other === undefined) continue;
    throw new InputRangeError(
      `${functionName}: ${role} and ${other} must be different columns, got ${show(name)} for both. Change one of them.`,
    );
  }
}

/**
 * Reads a table of ratings for a training: users and items as text, ratings as numbers, times as dates or numbers. Rows with a
 * missing cell are left out.
 *
 * @throws RangeError for a column that the table does not have, for cells that are no numbers or dates, and if no row is left
 */
export function readRatings(
  data: TableData,
  options: RatingOptions,
  dialect: Dialect,
): { rows: RatingRows; columns: RatingColumns; notes: readonly Note[]; leftOut: number } {
  const { functionName } = dialect;
  const cells = cellTableOf(functionName, data);
  const names = namesOf(functionName, cells, options);
  const used = { rows: cells.rows, columns: new Map(names.map((name) => [name, cells.columns.get(name)!])) };
  const typed = readTable(used, readOptionsOf(options, dialect));
  const found = columnsOf(typed, options, functionName);
  const rows = rowsOf(typed, found, functionName);
  const leftOut = typed.rows - rows.rows.length;
  requireSomeRow(functionName, rows.rows.length, names);
  return {
    rows,
    columns: found,
    notes: [...typed.notes, ...leftOutNotes(missingCounts(typed, found), found)],
    leftOut,
  };
}

/**
 * The same for a table whose rows come in parts. Only numbers are in memory, and each different text once.
 *
 * @throws RangeError as `readRatings`
 */
export function readRatingsInParts(
  data: CellParts,
  options: RatingOptions & { readonly rating: string },
  dialect: Dialect,
) {
  const { functionName } = dialect;
  const names = namesOf(functionName, data, options);
  const typed = readTableInParts(data, readOptionsOf(options, dialect));
  const columns = columnsOf(typed, options, functionName);
  const counts = new Map<Role, number>();
  const own = {
    user: new Uint32Array(typed.rows),
    item: new Uint32Array(typed.rows),
    ratings: new Float64Array(typed.rows),
  };
  let filled = 0;
  for (const part of typed.parts(names)) {
    const [users, items] = [columns.user, columns.item].map(
      ({ name }) => columnOf(part, name, functionName) as CategoryValues,
    ) as [CategoryValues, CategoryValues];
    const { values, start, step } = columnOf(part, columns.rating!.name, functionName) as NumberValues;
    for (const [role, count] of missingCounts(part, columns)) counts.set(role, (counts.get(role) ?? 0) + count);
    for (let row = 0; row < part.rows; row++) {
      const [user, item, rating] = [users.codes[row]!, items.codes[row]!, values[start + row * step]!];
      if (user < 0 || item < 0 || Number.isNaN(rating)) continue;
      own.user[filled] = user;
      own.item[filled] = item;
      own.ratings[filled++] = rating;
    }
  }
  requireSomeRow(functionName, filled, names);
  const textsOf = ({ name }: RatingColumn): readonly string[] =>
    (typed.columns.find((column) => column.name === name) as Pick<CategoryValues, "texts">).texts;
  const [users, items] = (["user", "item"] as const).map((role) =>
    sortedCodes(textsOf(columns[role]), own[role].subarray(0, filled)),
  ) as [string[], string[]];
  return {
    ...{ columns, users, items, leftOut: typed.rows - filled },
    user: own.user.subarray(0, filled),
    item: own.item.subarray(0, filled),
    ratings: own.ratings.subarray(0, filled),
    notes: [...typed.notes, ...leftOutNotes(counts, columns)],
  };
}

/** The texts that occur, sorted; their codes become positions in this list. */
function sortedCodes(texts: readonly string[], codes: Uint32Array): string[] {
  const occurs = new Uint8Array(texts.length);
  for (const code of codes) occurs[code] = 1;
  const order = [...texts.keys()].filter((code) => occurs[code]).sort((a, b) => (texts[a]! < texts[b]! ? -1 : 1));
  const positions = new Uint32Array(texts.length);
  for (const [position, code] of order.entries()) positions[code] = position;
  for (let i = 0; i < codes.length; i++) codes[i] = positions[codes[i]!]!;
  return order.map((code) => texts[code]!);
}

/** The names of the columns. @throws RangeError for a column that the table does not have */
function namesOf(
  functionName: string,
  cells: { readonly columns: ReadonlyMap<string, unknown> },
  options: RatingOptions,
): string[] {
  const names = roles.flatMap((role) => options[role] ?? []);
  const lost = names.filter((name) => !cells.columns.has(name));
  if (lost.length > 0) {
    throw new InputRangeError(
      `${functionName}: the table must have the ${lost.length === 1 ? "column" : "columns"} ${lost.map(show).join(", ")}, ` +
        `got only ${[...cells.columns.keys()].map(show).join(", ")}. Use one of these names.`,
    );
  }
  return names;
}

function readOptionsOf({ user, item, rating, columns = {}, na }: RatingOptions, dialect: Dialect): ReadOptions {
  return {
    dialect,
    ...(na && { na }),
    ...(rating !== undefined && { rating }),
    columns: {
      ...columns,
      [user]: "category",
      [item]: "category",
    },
  };
}

function requireSomeRow(functionName: string, rows: number, names: readonly string[]): void {
  if (rows > 0) return;
  throw new InputRangeError(
    `${functionName}: every row has a missing cell. Supply rows with ${names.map(show).join(", ")}.`,
  );
}

/** Reads other rows by saved rules. Rows with a missing cell are left out. */
export function readMoreRatings(data: TableData, columns: RatingColumns, dialect: Dialect): RatingRows {
  const used = [columns.user, columns.item, columns.rating].filter((column) => column !== null);
  const typed = readWith(data, new Map(used.map(({ name, read }) => [name, read])), dialect);
  return rowsOf(typed, { ...columns, time: null }, dialect.functionName);
}

/** The user and the item of each row, by saved rules. A missing cell is an empty text, which no model knows. */
export function readPairs(data: TableData, { user, item }: RatingColumns, dialect: Dialect) {
  const typed = readWith(data, new Map([user, item].map(({ name, read }) => [name, read])), dialect);
  const textsOf = ({ name }: RatingColumn): string[] => {
    const column = columnOf(typed, name, dialect.functionName) as CategoryValues;
    return Array.from({ length: typed.rows }, (_, row) => categoryAt(column, row) ?? "");
  };
  return { users: textsOf(user), items: textsOf(item) };
}

/** @throws RangeError for a column without a cell, and for times that are neither dates nor numbers */
function columnsOf(
  typed: Pick<TypedTable, "rules" | "leftOut">,
  options: RatingOptions,
  functionName: string,
): RatingColumns {
  const columnFor = (role: Role): RatingColumn | null => {
    const name = options[role];
    if (name === undefined) return null;
    const read = typed.rules.get(name);
    if (read === undefined) {
      const why = typed.leftOut.find((each) => each.name === name)!.note.text;
      throw new InputRangeError(
        `${functionName}: the column of ${plural[role]} cannot be used: ${why}. Choose another column.`,
      );
    }
    if (role === "time" && read.kind !== "date" && read.kind !== "number") {
      throw new InputRangeError(
        `${functionName}: column ${show(name)} must hold dates or numbers as times, but it is read as ${read.kind}. Set the format of ` +
          "its dates, such as %d/%m/%Y, or choose another column.",
      );
    }
    return { name, read };
  };
  return { user: columnFor("user")!, item: columnFor("item")!, rating: columnFor("rating"), time: columnFor("time") };
}

const plural: Readonly<Record<Role, string>> = { user: "users", item: "items", rating: "ratings", time: "times" };

function rowsOf(typed: TypedTable, { user, item, rating, time }: RatingColumns, functionName: string): RatingRows {
  const columnFor = (column: RatingColumn | null): TypedColumn | null =>
    column && columnOf(typed, column.name, functionName);
  const [users, items] = [columnFor(user) as CategoryValues, columnFor(item) as CategoryValues];
  const [ratings, times] = [columnFor(rating) as NumberValues | null, columnFor(time) as NumberValues | null];
  const all = [users, items, ratings, times].filter((column) => column !== null);
  const rows = Uint32Array.from({ length: typed.rows }, (_, row) => row).filter(
    (row) => !all.some((column) => isMissing(column, row)),
  );
  const numbersOf = (column: NumberValues | null): Float64Array | null =>
    column && Float64Array.from(rows, (row) => column.values[column.start + row * column.step]!);
  return {
    rows,
    users: Array.from(rows, (row) => categoryAt(users, row)!),
    items: Array.from(rows, (row) => categoryAt(items, row)!),
    ratings: numbersOf(ratings),
    times: numbersOf(times),
  };
}

/** The number of missing cells of each column. */
function missingCounts(typed: TypedTable, columns: RatingColumns): Map<Role, number> {
  const counts = new Map<Role, number>();
  for (const role of roles) {
    const column = columns[role] && typed.columns.find(({ name }) => name === columns[role]!.name);
    if (!column) continue;
    let count = 0;
    for (let row = 0; row < typed.rows; row++) if (isMissing(column, row)) count++;
    counts.set(role, count);
  }
  return counts;
}

/** A note for each column with missing cells, whose rows are left out. */
const leftOutNotes = (counts: ReadonlyMap<Role, number>, columns: RatingColumns): Note[] =>
  [...counts].flatMap(([role, count]): Note[] => {
    if (count === 0) return [];
    const { name } = columns[role]!;
    const rows = count === 1 ? "1 row is left out, because its" : `${count} rows are left out, because their`;
    const text = `${rows} ${role} (column ${show(name)}) is missing`;
    return [{ code: "missing-rows", column: name, text, level: "information" }];
  });
