// Rows that a fitted table model did not see in the training.
import { InputRangeError, InputTypeError, listed, show } from "../../core/check.ts";
import type { Label } from "../../core/label.ts";
import type { TableData } from "../cells/cellTableOf.ts";
import { libraryDialect } from "../libraryDialect.ts";
import { featuresOfRows } from "../preparation/featuresOfRows.ts";
import type { Preparation } from "../preparation/preparation.ts";
import type { PreparedRows } from "../preparation/prepareRows.ts";
import type { ReadRule } from "../reading/readRule.ts";
import { readWith } from "../reading/readWith.ts";
import { takeRows } from "../reading/takeRows.ts";
import { targetOf } from "../reading/targetOf.ts";
import { isTypedTable, type TypedTable } from "../reading/typedTable.ts";
import type { Dialect } from "../tableOptions.ts";
import { dialectOfRows, usableRows } from "../training/usableRows.ts";

/** The features and the targets of the rows whose target is known. */
export interface TestData extends PreparedRows {
  /** One number or label per row. */
  readonly y: Float64Array | readonly Label[];
  /** The indices of these rows; null for all rows. */
  readonly rows: Uint32Array | null;
  /** The rows that were left out because their target is missing. */
  readonly withoutTarget: number;
}

/** The features of rows. */
export function featuresOf(preparation: Preparation, data: TableData | TypedTable, dialect: Dialect): PreparedRows {
  return featuresOfRows(preparation, typedRows(data, rulesOf(preparation), dialect), dialect);
}

/**
 * The features and the targets of rows; rows without a target are left out.
 *
 * @param classes  the classes of the model; null for a regression
 * @throws RangeError for a label that is not among the classes
 */
export function testDataOf(
  preparation: Preparation,
  classes: readonly Label[] | null,
  data: TableData | TypedTable,
  dialect: Dialect,
): TestData {
  const { target } = preparation;
  const { typed, own, ...targets } = withTargets(data, target, rulesOf(preparation), dialect);
  const check = classCheck(target.name, classes, own);
  check.add(targets.y);
  check.finish();
  return { ...featuresOfRows(preparation, typed, own), ...targets };
}

/** A column with the rule by which it is read. */
export interface TargetColumn {
  /** The name of the column. */
  readonly name: string;
  /** How its cells are read. */
  readonly read: ReadRule;
}

/**
 * The targets of rows by the rule of an earlier table; rows without a target are left out. The command reads ratings with it.
 *
 * @param column  the name and the rule of the target: `rules.get(name)` of a table that was read
 * @throws TypeError for a missing column, and for cells that the rule cannot read; RangeError if all targets are missing
 *
 * @example
 * ```ts
 * import { readTargets, readTrainingTable } from "downhill";
 *
 * const { typed } = readTrainingTable([{ price: "$10" }, { price: "$20" }], { target: "price" });
 * const read = typed.rules.get("price")!;
 * readTargets([{ price: "$30" }, { price: null }], { name: "price", read }).y; // [30]
 * ```
 */
export function readTargets(
  data: TableData,
  column: TargetColumn,
  dialect = libraryDialect("readTargets"),
): Pick<TestData, "y" | "rows" | "withoutTarget"> {
  const { y, rows, withoutTarget } = withTargets(data, column, new Map(), dialect);
  return { y, rows, withoutTarget };
}

function withTargets(
  data: TableData | TypedTable,
  { name, read }: TargetColumn,
  others: ReadonlyMap<string, ReadRule>,
  dialect: Dialect,
) {
  const all = typedRows(data, new Map([...others, [name, read]]), dialect);
  const { rows, withoutTarget } = usableRows(all, { target: name });
  if (rows?.length === 0) throw noTargets(name, dialect);
  const typed = rows === null ? all : takeRows(all, rows);
  const own = rows === null ? dialect : dialectOfRows(dialect, rows);
  return { typed, own, y: targetOf(typed, name, own), rows, withoutTarget };
}

/** The error for rows that have no target at all. */
export const noTargets = (name: string, { functionName }: Dialect): InputRangeError =>
  new InputRangeError(
    `${functionName}: column ${show(name)} must have a value in at least one row, got only missing cells. ` +
      "Supply the targets.",
  );

/** Reads rows by the rules of the model; a table that is read already must have been read by these rules. */
function typedRows(data: TableData | TypedTable, rules: ReadonlyMap<string, ReadRule>, dialect: Dialect): TypedTable {
  if (!isTypedTable(data)) return readWith(data, rules, dialect);
  const other = [...rules].find(([name, rule]) => JSON.stringify(data.rules.get(name)) !== JSON.stringify(rule));
  if (other === undefined) return data;
  throw new InputTypeError(
    `${dialect.functionName}: column ${show(other[0])} must be read by the rule of the model, got ` +
      `${data.rules.has(other[0]) ? "a table that was read in another way" : "a table without it"}. Pass the rows as they are, such as records.`,
  );
}

/** The rules of the columns of a model. */
export const rulesOf = ({ columns }: Preparation): ReadonlyMap<string, ReadRule> =>
  new Map(columns.map(({ name, read }) => [name, read]));

const MAX_UNKNOWN = 5; // labels that an error names

/** Checks labels, part by part: `finish` throws RangeError if some are not among the classes. Null for numbers. */
export function classCheck(
  target: string,
  classes: readonly Label[] | null,
  { functionName, locate }: Pick<Dialect, "functionName" | "locate">,
) {
  const known = new Set(classes);
  const unknown = new Map<Label, number>();
  let first = 0;
  return {
    add(y: TestData["y"]): void {
      if (classes === null) return;
      for (let i = 0; i < y.length; i++) if (!known.has(y[i]!) && !unknown.has(y[i]!)) unknown.set(y[i]!, first + i);
      first += y.length;
    },
    finish(): void {
      if (unknown.size === 0) return;
      const all = [...known];
      const found = [...unknown].slice(0, MAX_UNKNOWN).map(([label, row]) => `${show(label)} in ${locate(row)}`);
      const more = unknown.size - found.length;
      throw new InputRangeError(
        `${functionName}: column ${show(target)} must hold only the classes of the model (${listed(all.map(show), 12)}), ` +
          `got ${found.join(", ")}${more === 0 ? "" : ` and ${more} other labels`}. ` +
          "Correct the cells, remove their rows, or train with such rows.",
      );
    },
  };
}
