import { show } from "../../core/check.ts";
import type { CellTable, OtherCells } from "../cells/cellColumn.ts";
import { cellTableOf, type TableData } from "../cells/cellTableOf.ts";
import { libraryDialect } from "../libraryDialect.ts";
import { throwProblems } from "../throwProblems.ts";
import { type CleanCells, cleanTexts } from "./cleanTexts.ts";
import { checkOptions, columnOptions, type ReadOptions } from "./columnOptions.ts";
import { decideColumn } from "./decideColumn.ts";
import { type DecisionFacts, noteOn } from "./decision.ts";
import { freeTextNote, labelNotes } from "./labelNotes.ts";
import { misfitText } from "./misfitText.ts";
import type { ReadRule } from "./readRule.ts";
import type { ColumnHead } from "./typedParts.ts";
import type { CategoryValues, Note, TypedColumn, TypedTable } from "./typedTable.ts";
import { finiteCheck, type Misfits, valuesOf } from "./valuesOf.ts";

/**
 * Reads a table: decides the kind of each column from all rows, and gives each cell its value.
 *
 * A column of numbers, booleans, Dates or other dates keeps its kind. For the decision about text see `decideText`. A column without
 * cells, a column of lists or of other objects, and text that is different in more than half of the cells are left out, with
 * a note. The option `columns` sets the kind of a column.
 *
 * @throws RangeError for options that contradict each other or the table, and for cells that are not of the kind of their column
 */
export function readTable(data: TableData, options: ReadOptions): TypedTable {
  const { functionName } = options.dialect ?? libraryDialect("readTable");
  const table = cellTableOf(functionName, data);
  const found = readColumns(table, options);
  throwProblems(
    functionName,
    found.flatMap((each) => ("problem" in each ? [each.problem] : [])),
  );
  return typedTableOf(table.rows, found);
}

/** A column that was read, one that is left out, or one whose cells do not fit its kind, with the sentences about them. */
export type FoundColumn<C extends ColumnHead = TypedColumn> =
  | { readonly name: string; readonly column: C; readonly rule: ReadRule; readonly notes: readonly Note[] }
  | { readonly name: string; readonly leftOut: Note }
  | { readonly name: string; readonly problem: string; readonly rule: ReadRule | null };

/**
 * Reads the columns of a table, each by itself.
 *
 * @throws RangeError for options that contradict each other or the table
 */
export function readColumns(table: CellTable, options: ReadOptions): FoundColumn[] {
  const finite = finiteCheck();
  return readEachColumn(table, options, (name, cells): ColumnSource<TypedColumn> => {
    const clean = cells.type === "text" ? cleanTexts(cells) : cells;
    return {
      cells: clean,
      isEmpty: () => clean.type !== "other" && isEmpty(clean, table.rows),
      values: (rule) => valuesOf(name, clean, { rule, rows: table.rows, finite }),
      counts: (column) => countCategories(column as CategoryValues),
    };
  });
}

/** The cells of a column, in memory or in parts. */
export interface ColumnSource<C extends ColumnHead> {
  readonly cells: CleanCells | OtherCells;
  isEmpty(): boolean;
  /** The column by a rule. */
  values(rule: ReadRule): { readonly column: C } | { readonly misfits: Misfits };
  /** The number of cells of each text of a column of categories. */
  counts(column: C): Uint32Array;
}

/** Reads the columns of a table in memory or in parts. */
export function readEachColumn<T, C extends ColumnHead>(
  table: { readonly columns: ReadonlyMap<string, T>; readonly semicolons?: boolean },
  options: ReadOptions,
  sourceOf: (name: string, cells: T) => ColumnSource<C>,
): FoundColumn<C>[] {
  const { dialect = libraryDialect("readTable"), ignore = [] } = options;
  const problems: string[] = [];
  checkOptions(problems, options, table.columns);
  throwProblems(dialect.functionName, problems);
  const { semicolons = false } = table;
  return [...table.columns]
    .filter(([name]) => !ignore.includes(name))
    .map(([name, cells]) => readColumn({ name, source: sourceOf(name, cells), semicolons, options, dialect }));
}

function countCategories({ codes, texts }: CategoryValues): Uint32Array {
  const counts = new Uint32Array(texts.length);
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) counts[codes[row]!]!++;
  return counts;
}

/** The table of the columns that were read. */
export function typedTableOf(rows: number, found: readonly FoundColumn[]): TypedTable {
  return { ...readingOf(found), rows };
}

/** The columns that were read, with the sentences about all columns. */
export function readingOf<C extends ColumnHead>(found: readonly FoundColumn<C>[]) {
  const read = found.filter((each) => "column" in each);
  return {
    columns: read.map(({ column }) => column),
    rules: new Map(read.map(({ name, rule }) => [name, rule])),
    leftOut: found.flatMap((each) => ("leftOut" in each ? [{ name: each.name, note: each.leftOut }] : [])),
    notes: read.flatMap(({ notes }) => notes),
  };
}

interface ColumnToRead<C extends ColumnHead> {
  readonly name: string;
  readonly source: ColumnSource<C>;
  readonly semicolons: boolean;
  readonly options: ReadOptions;
  readonly dialect: NonNullable<ReadOptions["dialect"]>;
}

function readColumn<C extends ColumnHead>({
  name,
  source,
  semicolons,
  options,
  dialect,
}: ColumnToRead<C>): FoundColumn<C> {
  const shown = show(name);
  const isTarget = name === options.target;
  const role = (["target", "group", "weight", "rating"] as const).find((each) => options[each] === name);
  const leave = (code: string, why: string): FoundColumn<C> =>
    role === undefined
      ? { name, leftOut: noteOn(name, code, `${shown} is left out, because ${why}`) }
      : { name, problem: `column ${shown} is the ${role}, but ${why}. Choose another column.`, rule: null };
  const { cells } = source;
  if (cells.type === "other") return leave("other-cells", `it contains ${cells.contents}`);
  if (source.isEmpty()) return leave("all-missing", "all its cells are missing");
  const own = columnOptions(options, name);
  const kind =
    own.kind ?? (role === "weight" || role === "rating" ? "number" : role === "group" ? "category" : undefined);
  const facts: DecisionFacts = {
    shown,
    isTarget,
    semicolons,
    na: [...new Set((options.na ?? []).map((text) => text.trim().toLowerCase()))],
    dialect,
  };
  const { rule, notes } = decideColumn(name, cells, { facts, requested: { ...own, kind } });
  const values = source.values(rule);
  if ("misfits" in values) {
    const time =
      role !== undefined || own.kind !== undefined || own.format !== undefined || own.order !== undefined
        ? "requested"
        : "decided";
    return { name, problem: misfitText(name, { misfits: values.misfits, rule, dialect, time, role }), rule };
  }
  const { column } = values;
  if (isTarget && (column.kind === "date" || column.kind === "time" || column.kind === "ordinal")) {
    const advice = dialect.column(name, "kind", "category");
    return {
      name,
      problem: `the target ${shown} must hold numbers, booleans or text, but it is read as ${column.kind}. Read it as classes with ${advice}.`,
      rule,
    };
  }
  if (column.kind !== "category") return { name, column, rule, notes };
  if (role === undefined && own.kind === undefined) {
    const free = freeTextNote(column, () => source.counts(column), facts);
    if (free !== undefined) return { name, leftOut: withDates(free, notes) };
  }
  return { name, column, rule, notes: [...notes, ...labelNotes(column, cells, facts)] };
}

/** The note of a column that is left out, with the formats of dates that read it, if there are any. */
function withDates(free: Note, notes: readonly Note[]): Note {
  const dates = notes.find(({ code }) => code === "date-format");
  return dates === undefined ? free : { ...free, text: `${free.text}; ${dates.text}`, level: dates.level };
}

/** Whether no cell has a value. */
function isEmpty(cells: CleanCells, rows: number): boolean {
  if (cells.type === "text") return cells.texts.length === 0;
  const numbers = "milliseconds" in cells ? { values: cells.milliseconds, start: 0, step: 1 } : cells;
  for (let row = 0; row < rows; row++) {
    if (!Number.isNaN(numbers.values[numbers.start + row * numbers.step]!)) return false;
  }
  return true;
}
