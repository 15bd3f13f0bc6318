// Tables of values for the tests of the preparation.
import type { CellColumn, CellTable } from "../../src/tables/cells/cellColumn.ts";
import type { CellColumnFacts, CellParts } from "../../src/tables/cells/cellParts.ts";
import type { ReadRule } from "../../src/tables/reading/readRule.ts";
import type { TypedParts } from "../../src/tables/reading/typedParts.ts";
import type { TypedColumn, TypedTable } from "../../src/tables/reading/typedTable.ts";
import type { Dialect } from "../../src/tables/tableOptions.ts";

/** Messages as the library has them. */
export const dialect: Dialect = {
  functionName: "fit",
  locate: (row) => `row ${row}`,
  column: (name, option, value) => `columns: { ${name}: { ${option}: "${value}" } }`,
  ignore: (...names) => `ignore: ${JSON.stringify(names)}`,
  option: (name, ...values) => `${name}: ${JSON.stringify(values[0])}`,
};

/** A column of numbers; null is a missing cell. */
export function numbers(
  name: string,
  values: readonly (number | null)[],
  kind: Exclude<TypedColumn["kind"], "category" | "words"> = "number",
): TypedColumn {
  return { name, kind, values: Float64Array.from(values, (x) => x ?? Number.NaN), start: 0, step: 1 };
}

/** A column of categories; null is a missing cell. */
export function categories(name: string, values: readonly (string | null)[]): TypedColumn {
  const texts = [...new Set(values.filter((text) => text !== null))];
  return {
    name,
    kind: "category",
    texts,
    codes: Int32Array.from(values, (text) => (text === null ? -1 : texts.indexOf(text))),
  };
}

/** A table of columns of the same length. */
export function typedTable(columns: readonly TypedColumn[], rules: Record<string, Partial<ReadRule>> = {}): TypedTable {
  const [first] = columns;
  const rows = first === undefined ? 0 : "codes" in first ? first.codes.length : first.values.length / first.step;
  const rule = (column: TypedColumn): ReadRule => ({ kind: column.kind, missing: [], ...rules[column.name] });
  return {
    rows,
    columns,
    rules: new Map(columns.map((column) => [column.name, rule(column)])),
    leftOut: [],
    notes: [],
  };
}

/** Some rows of a table, as a copy. */
export function rowsOf(typed: TypedTable, rows: readonly number[]): TypedTable {
  const columns = typed.columns.map((column): TypedColumn => {
    if ("codes" in column) return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) };
    const values = Float64Array.from(rows, (row) => column.values[column.start + row * column.step]!);
    return { ...column, values, start: 0, step: 1 };
  });
  return { ...typed, rows: rows.length, columns };
}

/** The same table in parts of these numbers of rows, the last of which is repeated. */
export function inParts(typed: TypedTable, sizes: readonly number[]): TypedParts {
  return {
    ...typed,
    *parts(names) {
      for (let from = 0, k = 0; from < typed.rows; k++) {
        const to = Math.min(typed.rows, from + sizes[Math.min(k, sizes.length - 1)]!);
        const part = rowsOf(
          typed,
          Array.from({ length: to - from }, (_, i) => from + i),
        );
        yield { ...part, columns: part.columns.filter(({ name }) => names.includes(name)) };
        from = to;
      }
    },
  };
}

/** A table of cells in parts of these numbers of rows, the last of which is repeated. */
export function cellsInParts(table: CellTable, sizes: readonly number[]): CellParts {
  const facts = ([name, cells]: readonly [string, CellColumn]): [string, CellColumnFacts] => {
    if (cells.type === "other") return [name, cells];
    if (cells.type === "text") {
      const { codes, texts } = cells;
      const counts = new Uint32Array(texts.length);
      for (const code of codes) if (code >= 0) counts[code]! += 1;
      return [
        name,
        { type: "text", texts, counts, firstRows: Float64Array.from(texts, (_, code) => codes.indexOf(code)) },
      ];
    }
    const values = Array.from({ length: table.rows }, (_, row) =>
      "values" in cells ? cells.values[cells.start + row * cells.step]! : cells.milliseconds[row]!,
    );
    const present = values.some((x) => !Number.isNaN(x));
    return [name, { type: cells.type, present, finite: values.every((x) => Math.abs(x) !== Infinity) }];
  };
  return {
    rows: table.rows,
    columns: new Map([...table.columns].map(facts)),
    ...(table.semicolons !== undefined && { semicolons: table.semicolons }),
    *parts(names) {
      for (let from = 0, k = 0; from < table.rows; k++) {
        const to = Math.min(table.rows, from + sizes[Math.min(k, sizes.length - 1)]!);
        const columns = names.map((name) => [name, someCells(table.columns.get(name)!, from, to)] as const);
        yield { rows: to - from, columns: new Map(columns) };
        from = to;
      }
    },
  };
}

function someCells(cells: CellColumn, from: number, to: number): CellColumn {
  if (cells.type === "other") return cells;
  if (cells.type === "text") return { ...cells, codes: cells.codes.slice(from, to) };
  if ("milliseconds" in cells) return { ...cells, milliseconds: cells.milliseconds.slice(from, to) };
  const { values, start, step } = cells;
  return { ...cells, values: values.slice(start + from * step, start + (to - 1) * step + 1), start: 0 };
}
