import { show } from "../../core/check.ts";
import { cellTableOf, type TableData } from "../cells/cellTableOf.ts";
import type { Dialect } from "../tableOptions.ts";
import { throwProblems } from "../throwProblems.ts";
import { misfitText } from "./misfitText.ts";
import type { ReadRule } from "./readRule.ts";
import type { TypedColumn, TypedTable } from "./typedTable.ts";
import { finiteCheck, valuesOf } from "./valuesOf.ts";

/**
 * Reads the columns that have a rule, in the order of the rules. Other columns are not read. A column without any cell is
 * a column of missing cells.
 *
 * @throws RangeError for a column that the table does not have, and for cells that a rule cannot read
 */
export function readWith(data: TableData, rules: ReadonlyMap<string, ReadRule>, dialect: Dialect): TypedTable {
  const { functionName } = dialect;
  const table = cellTableOf(functionName, data);
  const problems = lostColumns(rules, table.columns);
  const finite = finiteCheck();
  const columns: TypedColumn[] = [];
  for (const [name, rule] of rules) {
    const cells = table.columns.get(name);
    if (cells === undefined) continue;
    const values = valuesOf(name, cells, { rule, rows: table.rows, finite });
    if ("column" in values) columns.push(values.column);
    else problems.push(misfitText(name, { misfits: values.misfits, rule, dialect, time: "later" }));
  }
  throwProblems(dialect.functionName, problems);
  return { rows: table.rows, columns, rules, leftOut: [], notes: [] };
}

/** A sentence about the columns with a rule that a table does not have, if there are some. */
export function lostColumns(rules: ReadonlyMap<string, ReadRule>, columns: ReadonlyMap<string, unknown>): string[] {
  const lost = [...rules.keys()].filter((name) => !columns.has(name));
  if (lost.length === 0) return [];
  const names = lost.length === 1 ? `column ${show(lost[0])}` : `columns ${lost.map(show).join(", ")}`;
  return [
    `the model needs the ${names}, but the rows have only ${[...columns.keys()].map(show).join(", ")}. ` +
      `Add ${lost.length === 1 ? "this column" : "these columns"}; a cell may be missing.`,
  ];
}
