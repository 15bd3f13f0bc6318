import { requireKnown } from "../../core/check.ts";
import { byCodePoints } from "../../core/codePoints.ts";
import type { CellColumn } from "../cells/cellColumn.ts";
import { cellTableOf, type TableData } from "../cells/cellTableOf.ts";
import { libraryDialect } from "../libraryDialect.ts";
import { summariesOf } from "../preparation/learnPreparation.ts";
import { uselessColumns } from "../preparation/uselessColumns.ts";
import { warningsOf } from "../preparation/warnings/warnings.ts";
import type { ReadOptions } from "../reading/columnOptions.ts";
import { noteOn } from "../reading/decision.ts";
import type { ColumnKind } from "../reading/readRule.ts";
import { type FoundColumn, readColumns, typedTableOf } from "../reading/readTable.ts";
import { takeRows } from "../reading/takeRows.ts";
import type { Note, TypedColumn, TypedTable } from "../reading/typedTable.ts";
import { finiteCheck, isMissing, valuesOf } from "../reading/valuesOf.ts";
import { type CellFacts, cellFacts } from "./cellFacts.ts";

/** The options of `inspectTable`: those that decide how a table is read. Without a target, all columns are features. */
export type InspectOptions = Pick<ReadOptions, "target" | "ignore" | "group" | "weight" | "columns" | "na" | "dialect">;

/** The facts about a column. JSON. */
export interface ColumnInspection extends CellFacts {
  /** The name of the column. */
  readonly name: string;
  /** What the options use the column for. */
  readonly role: "feature" | "target" | "group" | "weight";
  /** The kind as which it is read; null if there are no cells of any kind. */
  readonly kind: ColumnKind | null;
  /** Whether a model of this table would use the column, in its role. */
  readonly used: boolean;
  /** The decisions about the column, and warnings. */
  readonly notes: readonly Note[];
}

/** The facts about a table before any training. JSON. */
export interface TableInspection {
  /** The number of rows. */
  readonly rows: number;
  /** The columns in the order of the table, without the ignored ones. */
  readonly columns: readonly ColumnInspection[];
}

/**
 * Looks at a table before any training: the kind as which each column is read, its missing and different values, their
 * range and distribution, and the decisions and warnings of a fit. Nothing is learnt. A column with cells that do not fit its
 * kind is no error here: it has a warning.
 *
 * The statistics and warnings are those of all rows, except that the warnings leave out the rows without a target.
 *
 * @param data  records, columns, or a `CellTable`
 * @throws TypeError or RangeError for data that is no table, and for options that contradict each other or the table
 *
 * @example
 * ```ts
 * import { inspectTable } from "downhill";
 *
 * const { columns } = inspectTable([
 *   { age: 22, city: "Rome" },
 *   { age: null, city: "Oslo" },
 *   { age: 40, city: "Rome" },
 * ]);
 * columns[0]; // { name: "age", kind: "number", missing: 1, distinct: 2, numbers: { smallest: 22, mean: 31, … }, … }
 * columns[1]!.frequent; // [{ value: "Rome", count: 2 }, { value: "Oslo", count: 1 }]
 * ```
 */
export function inspectTable(data: TableData, options: InspectOptions = {}): TableInspection {
  requireKnown("inspectTable", options, ["target", "ignore", "group", "weight", "columns", "na", "dialect"]);
  const { dialect = libraryDialect("inspectTable") } = options;
  const table = cellTableOf(dialect.functionName, data);
  const found = readColumns(table, { ...options, dialect });
  const typed = typedTableOf(table.rows, found);
  const warnings = warningsAbout(typed, { ...options, dialect });
  const finite = finiteCheck();
  const columns = found.map((each): ColumnInspection => {
    const { name } = each;
    const shown = "column" in each ? each.column : asCategories(name, table.columns.get(name)!, table.rows);
    const own = [...notesOf(each), ...warnings.filter(({ column }) => column === name)];
    return {
      name,
      role: roleOf(name, options),
      kind: kindOf(each, shown),
      used: "column" in each && !own.some(({ code }) => useless.includes(code)),
      ...cellFacts(shown, table.rows, "column" in each ? each.rule.order : []),
      notes: own,
    };
  });
  return { rows: table.rows, columns };

  /** The cells of a column that is not used, as categories; null if there are none. */
  function asCategories(name: string, cells: CellColumn, rows: number): TypedColumn | null {
    const values = valuesOf(name, cells, { rule: { kind: "category", missing: [] }, rows, finite });
    return "column" in values ? values.column : null;
  }
}

/** The codes of the notes about columns from which no model can learn. */
const useless = ["no-values", "constant", "only-rare-categories", "duplicate"];

const roleOf = (name: string, options: InspectOptions): ColumnInspection["role"] =>
  (["target", "group", "weight"] as const).find((role) => options[role] === name) ?? "feature";

function kindOf(found: FoundColumn, shown: TypedColumn | null): ColumnKind | null {
  if ("column" in found) return found.column.kind;
  if ("problem" in found) return found.rule?.kind ?? null;
  return shown !== null && found.leftOut.code !== "all-missing" ? shown.kind : null;
}

function notesOf(found: FoundColumn): readonly Note[] {
  if ("leftOut" in found) return [found.leftOut];
  if ("problem" in found) return [noteOn(found.name, "wrong-cells", found.problem.replace(/\.$/, ""), "warning")];
  return found.notes;
}

/** The warnings of a fit: columns of no use, identifiers, outliers, leaks, and rare classes. */
function warningsAbout(
  typed: TypedTable,
  options: InspectOptions & { readonly dialect: NonNullable<InspectOptions["dialect"]> },
): Note[] {
  const { target, group, weight } = options;
  const column = typed.columns.find(({ name }) => name === target);
  const known = column === undefined ? typed : withTarget(typed, column);
  if (known.rows === 0) return [];
  const others = [target, group, weight];
  const summaries = summariesOf(
    known.columns.filter(({ name }) => !others.includes(name)).sort((a, b) => byCodePoints(a.name, b.name)),
    known,
  );
  const leftOut = uselessColumns(summaries, known, options);
  const names = new Set(leftOut.map(({ name }) => name));
  const used = summaries.filter((each) => !names.has(each.column.name));
  return [...leftOut.map(({ note }) => note), ...warningsOf(used, known, options)];
}

/** The rows whose target is known. */
function withTarget(typed: TypedTable, target: TypedColumn): TypedTable {
  const rows = Uint32Array.from(Array(typed.rows).keys()).filter((row) => !isMissing(target, row));
  return rows.length === typed.rows ? typed : takeRows(typed, rows);
}
