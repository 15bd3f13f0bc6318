// Reads a table whose rows come in parts. The decisions are those of `readTable`, made on all rows.
import { InputTypeError, show } from "../../core/check.ts";
import type { CellColumn, OtherCells } from "../cells/cellColumn.ts";
import type { CellColumnFacts, CellParts, TextFacts, ValueFacts } from "../cells/cellParts.ts";
import { libraryDialect } from "../libraryDialect.ts";
import type { Dialect } from "../tableOptions.ts";
import { throwProblems } from "../throwProblems.ts";
import { cleanList } from "./cleanTexts.ts";
import type { ReadOptions } from "./columnOptions.ts";
import { misfitText } from "./misfitText.ts";
import { isTextKind, type ReadRule } from "./readRule.ts";
import { type ColumnSource, readEachColumn, readingOf } from "./readTable.ts";
import { lostColumns } from "./readWith.ts";
import type { ColumnHead, TypedParts } from "./typedParts.ts";
import type { CategoryValues, NumberValues, TypedColumn, TypedTable } from "./typedTable.ts";
import { finiteCheck, type Misfits, misfitTexts, textValues, valuesOf } from "./valuesOf.ts";

/** A column without its values, and the function that gives the cells of a part their values. */
type DecodedHead = ColumnHead & { readonly decode: (cells: CellColumn, rows: number) => TypedColumn };

/**
 * Reads a table whose rows come in parts, so that they need not be in memory together. The kinds of the columns, the values and the
 * notes are those that `readTable` gives for the whole table.
 *
 * @throws RangeError for options that contradict each other or the table, and for cells that are not of the kind of their column
 */
export function readTableInParts(data: CellParts, options: ReadOptions): TypedParts {
  const { functionName } = options.dialect ?? libraryDialect("readTable");
  const found = readEachColumn(data, options, (name, facts) => sourceOf(data, functionName, name, facts));
  throwProblems(
    functionName,
    found.flatMap((each) => ("problem" in each ? [each.problem] : [])),
  );
  return typedParts(data, readingOf(found));
}

/**
 * Reads the columns that have a rule from a table whose rows come in parts. The values and the errors are those of `readWith` for the
 * whole table.
 *
 * @throws RangeError for a column that the table does not have, and for cells that a rule cannot read
 */
export function readPartsWith(data: CellParts, rules: ReadonlyMap<string, ReadRule>, dialect: Dialect): TypedParts {
  const problems = lostColumns(rules, data.columns);
  const columns: DecodedHead[] = [];
  for (const [name, rule] of rules) {
    const facts = data.columns.get(name);
    if (facts === undefined) continue;
    const found = facts.type === "text" ? textSource(name, facts).values(rule) : valuesWith(data, name, facts, rule);
    if ("column" in found) columns.push(found.column);
    else problems.push(misfitText(name, { misfits: found.misfits, rule, dialect, time: "later" }));
  }
  throwProblems(dialect.functionName, problems);
  return typedParts(data, { columns, rules, leftOut: [], notes: [] });
}

function valuesWith(data: CellParts, name: string, facts: ValueFacts | OtherCells, rule: ReadRule) {
  if (facts.type === "other") {
    return valuesOf(name, facts, { rule, rows: 0, finite: finiteCheck() }) as { readonly misfits: Misfits };
  }
  const misfits = allFit(facts, rule) ? undefined : misfitsOf(data, name, rule);
  return misfits === undefined ? { column: headOf(name, rule) } : { misfits };
}

/** Whether it is known without reading the cells that a rule can read all of them. */
function allFit({ type, finite }: ValueFacts, { kind }: ReadRule): boolean {
  const isDate = kind === "date" && (type === "date" || type === "timestamp" || type === "instant");
  return finite && (kind === type || isDate);
}

/** The column of cells that a rule can read. */
function headOf(name: string, rule: ReadRule): DecodedHead {
  const { kind } = rule;
  const decode = (cells: CellColumn, rows: number): TypedColumn =>
    (valuesOf(name, cells, { rule, rows, finite: finiteCheck() }) as { readonly column: TypedColumn }).column;
  return isTextKind(kind) ? { name, kind, texts: [], decode } : { name, kind, decode };
}

function typedParts(
  data: CellParts,
  { columns, ...reading }: Omit<TypedTable, "rows" | "columns"> & { readonly columns: readonly DecodedHead[] },
): TypedParts {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return {
    ...reading,
    rows: data.rows,
    columns: columns.map(({ decode: _, ...head }): ColumnHead => head),
    share: data.share,
    *parts(names) {
      for (const part of data.parts(names)) {
        const own = names.map((name) => byName.get(name)!.decode(part.columns.get(name)!, part.rows));
        yield { ...reading, rows: part.rows, columns: own };
      }
    },
  };
}

function sourceOf(
  data: CellParts,
  functionName: string,
  name: string,
  facts: CellColumnFacts,
): ColumnSource<DecodedHead> {
  if (facts.type === "text") return textSource(name, facts);
  if (facts.type === "other") return { cells: facts, isEmpty: () => false, values: notRead, counts: notRead };
  return valueSource(data, functionName, name, facts);
}

const notRead = (): never => {
  throw new Error("these cells have no values");
};

const noCodes = new Int32Array(0);

function textSource(name: string, { texts, counts, firstRows }: TextFacts): ColumnSource<DecodedHead> {
  const { codeOf, ...clean } = cleanList(texts, counts);
  const kept = new Map<DecodedHead, Uint32Array>();
  const codesOf = (cells: CellColumn): Int32Array => (cells as { readonly codes: Int32Array }).codes;
  return {
    cells: { type: "text", codes: noCodes, ...clean },
    isEmpty: () => clean.texts.length === 0,
    counts: (column) => kept.get(column)!,
    values(rule) {
      const found = textValues(rule, clean.texts);
      const cleanCode = (code: number): number => (code < 0 || codeOf === null ? code : codeOf[code]!);
      if ("texts" in found) {
        const kind = rule.kind as CategoryValues["kind"];
        const codes = Int32Array.from(texts, (_, code) => {
          const own = cleanCode(code);
          return own < 0 || found.codes === null ? own : found.codes[own]!;
        });
        const decode = (cells: CellColumn): CategoryValues => {
          const own = codesOf(cells).map((code) => (code < 0 ? -1 : codes[code]!));
          return { name, kind, codes: own, texts: found.texts };
        };
        const column: DecodedHead = { name, kind, texts: found.texts, decode };
        const all = new Uint32Array(found.texts.length);
        clean.counts.forEach((count, code) => {
          const own = found.codes === null ? code : found.codes[code]!;
          if (own >= 0) all[own] = count;
        });
        kept.set(column, all);
        return { column };
      }
      const { values } = found;
      if (values.includes(Infinity)) {
        let first = { row: Infinity, code: -1 };
        for (const [code, row] of firstRows.entries()) {
          const own = cleanCode(code);
          if (own >= 0 && values[own] === Infinity && row < first.row) first = { row, code: own };
        }
        return { misfits: misfitTexts(clean, values, first, rule) };
      }
      const kind = rule.kind as NumberValues["kind"];
      const numberOf = Float64Array.from(texts, (_, code) => values[cleanCode(code)] ?? Number.NaN);
      const decode = (cells: CellColumn): TypedColumn => {
        const own = Float64Array.from(codesOf(cells), (code) => (code < 0 ? Number.NaN : numberOf[code]!));
        return { name, kind, values: own, start: 0, step: 1 };
      };
      return { column: { name, kind, decode } };
    },
  };
}

function valueSource(
  data: CellParts,
  functionName: string,
  name: string,
  facts: ValueFacts,
): ColumnSource<DecodedHead> {
  const { type, present } = facts;
  const isNumber = type === "number" || type === "boolean";
  return {
    cells: isNumber
      ? { type, values: new Float64Array(0), start: 0, step: 1 }
      : { type, milliseconds: new Float64Array(0) },
    isEmpty: () => !present,
    counts: notRead,
    values(rule) {
      const { kind } = rule;
      if (isTextKind(kind) || kind === "ordinal" || (isNumber && rule.dates !== undefined)) {
        throw new InputTypeError(
          `${functionName}: the cells of column ${show(name)}, whose kind is set to ${kind}, must be texts, got ${type}. ` +
            "Supply them as texts.",
        );
      }
      const misfits = allFit(facts, rule) ? undefined : misfitsOf(data, name, rule);
      return misfits === undefined ? { column: headOf(name, rule) } : { misfits };
    },
  };
}

/** The cells of all parts that a rule cannot read. */
function misfitsOf(data: CellParts, name: string, rule: ReadRule): Misfits | undefined {
  let all: Misfits | undefined;
  let first = 0;
  for (const { rows, columns } of data.parts([name])) {
    const found = valuesOf(name, columns.get(name)!, { rule, rows, finite: finiteCheck() });
    if ("misfits" in found) {
      const { misfits } = found;
      all = {
        ...misfits,
        count: (all?.count ?? 0) + misfits.count,
        row: all?.row ?? first + misfits.row,
        texts: [...new Set([...(all?.texts ?? []), ...misfits.texts])].slice(0, 4),
        infinite: (all?.infinite ?? true) && misfits.infinite,
      };
    }
    first += rows;
  }
  return all;
}
