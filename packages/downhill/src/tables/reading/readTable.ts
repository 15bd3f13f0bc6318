import { show } from "../../core/check.ts";
import type { CellColumn, CellTable } from "../cells/cellColumn.ts";
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
import type { LeftOut, Note, TypedColumn, TypedTable } from "./typedTable.ts";
import { type FiniteCheck, finiteCheck, valuesOf } from "./valuesOf.ts";

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
  const { dialect = libraryDialect("readTable") } = options;
  const problems: string[] = [];
  const table = cellTableOf(dialect.functionName, data);
  checkOptions(problems, options, table);
  throwProblems(dialect.functionName, problems);
  const finite = finiteCheck();
  const found = [...table.columns]
    .filter(([name]) => !(options.ignore ?? []).includes(name))
    .map(([name, cells]) => readColumn({ name, cells, table, options, dialect, problems, finite }));
  throwProblems(dialect.functionName, problems);
  const read = found.filter((each) => "column" in each);
  const leftOut = found.filter((each) => "leftOut" in each).map((each) => each.leftOut);
  return {
    rows: table.rows,
    columns: read.map(({ column }) => column),
    rules: new Map(read.map(({ column, rule }) => [column.name, rule])),
    leftOut,
    notes: read.flatMap(({ notes }) => notes),
  };
}

interface ColumnToRead {
  readonly name: string;
  readonly cells: CellColumn;
  readonly table: CellTable;
  readonly options: ReadOptions;
  readonly dialect: NonNullable<ReadOptions["dialect"]>;
  readonly problems: string[];
  readonly finite: FiniteCheck;
}

type ReadColumn =
  | { readonly column: TypedColumn; readonly rule: ReadRule; readonly notes: readonly Note[] }
  | { readonly leftOut: LeftOut }
  | { readonly failed: true };

function readColumn({ name, cells: source, table, options, dialect, problems, finite }: ColumnToRead): ReadColumn {
  const shown = show(name);
  const isTarget = name === options.target;
  const role = (["target", "group", "weight"] as const).find((each) => options[each] === name);
  const leave = (code: string, why: string): ReadColumn => {
    if (role === undefined)
      return { leftOut: { name, note: noteOn(name, code, `${shown} is left out, because ${why}`) } };
    problems.push(`column ${show(name)} is the ${role}, but ${why}. Choose another column.`);
    return { failed: true };
  };
  if (source.type === "other") return leave("other-cells", `it contains ${source.contents}`);
  const cells = source.type === "text" ? cleanTexts(source) : source;
  if (isEmpty(cells, table.rows)) return leave("all-missing", "all its cells are missing");
  const own = columnOptions(options, name);
  const kind = own.kind ?? (role === "weight" ? "number" : role === "group" ? "category" : undefined);
  const facts: DecisionFacts = {
    shown,
    isTarget,
    semicolons: table.semicolons ?? false,
    na: [...new Set((options.na ?? []).map((text) => text.trim().toLowerCase()))],
    dialect,
  };
  const { rule, notes } = decideColumn(name, cells, { facts, requested: { ...own, kind } });
  const values = valuesOf(name, cells, { rule, rows: table.rows, finite });
  if ("misfits" in values) {
    const time =
      role !== undefined || own.kind !== undefined || own.format !== undefined || own.order !== undefined
        ? "requested"
        : "decided";
    problems.push(misfitText(name, { misfits: values.misfits, rule, dialect, time }));
    return { failed: true };
  }
  const { column } = values;
  if (isTarget && (column.kind === "date" || column.kind === "time" || column.kind === "ordinal")) {
    const advice = dialect.column(name, "kind", "category");
    problems.push(
      `the target ${shown} must hold numbers, booleans or text, but it is read as ${column.kind}. Read it as classes with ${advice}.`,
    );
    return { failed: true };
  }
  if (column.kind !== "category") return { column, rule, notes };
  if (role === undefined && own.kind === undefined) {
    const free = freeTextNote(column, facts);
    if (free !== undefined) return { leftOut: { name, note: free } };
  }
  return { column, rule, notes: [...notes, ...labelNotes(column, cells, facts)] };
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
