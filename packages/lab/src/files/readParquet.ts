// From a Parquet file to columns of cells. This module is loaded only for such a file.
import type { CellColumn } from "downhill";
import { parquetMetadataAsync, parquetReadObjects, type SchemaElement } from "hyparquet";
import type { Reading, ReadingChoices } from "./readTable.ts";

/** Reads a Parquet file. */
export async function readParquet(bytes: Uint8Array, { name }: ReadingChoices): Promise<Reading> {
  const { buffer } = new Uint8Array(bytes);
  const file = { byteLength: buffer.byteLength, slice: (start: number, end?: number) => buffer.slice(start, end) };
  try {
    const metadata = await parquetMetadataAsync(file);
    const leaves = leavesOf(metadata.schema);
    const rows = await parquetReadObjects({ file, metadata });
    if (rows.length === 0) return { table: null, problems: [`${name} has no rows. Choose a file with rows.`] };
    const columns = new Map(leaves.map((leaf) => [leaf.name, columnOf(leaf.element, cellsOf(leaf, rows))]));
    const rounded = leaves.filter((leaf) => cellsOf(leaf, rows).some(isRounded)).map((leaf) => leaf.name);
    return {
      table: { rows: rows.length, columns },
      ...{ delimiter: null, encoding: null, lines: Uint32Array.from({ length: rows.length }, (_, row) => row + 1) },
      notes: rounded.map((column) => `${column} of ${name} has whole numbers beyond 2⁵³, which are rounded`),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      table: null,
      problems: [
        `${name} cannot be read as Parquet: ${reason}. Write it again, for example with the compression snappy.`,
      ],
    };
  }
}

/** A column, and the names that lead to its cell in a row. */
interface Leaf {
  readonly name: string;
  readonly path: readonly string[];
  readonly element: SchemaElement;
}

/** The columns of a schema. A struct becomes one column for each of its members, such as "address.city". */
function leavesOf(schema: readonly SchemaElement[]): Leaf[] {
  const leaves: Leaf[] = [];
  const read = (at: number, path: readonly string[]): number => {
    const element = schema[at]!;
    const own = at === 0 ? [] : [...path, element.name];
    const isStruct = at === 0 || (element.num_children !== undefined && !isList(element) && !isMap(element));
    if (!isStruct) leaves.push({ name: own.join("."), path: own, element });
    let next = at + 1;
    for (let child = 0; child < (element.num_children ?? 0); child++) {
      next = isStruct ? read(next, own) : afterElement(schema, next);
    }
    return next;
  };
  read(0, []);
  return leaves;
}

function afterElement(schema: readonly SchemaElement[], at: number): number {
  let next = at + 1;
  for (let child = 0; child < (schema[at]!.num_children ?? 0); child++) next = afterElement(schema, next);
  return next;
}

const isList = ({ logical_type: logical, converted_type: converted }: SchemaElement): boolean =>
  logical?.type === "LIST" || converted === "LIST";

const isMap = ({ logical_type: logical, converted_type: converted }: SchemaElement): boolean =>
  logical?.type === "MAP" || converted === "MAP";

type Row = Readonly<Record<string, unknown>>;

const cellsOf = ({ path }: Leaf, rows: readonly Row[]): unknown[] =>
  rows.map((row) => path.reduce<unknown>((cell, name) => (cell as Row | null | undefined)?.[name], row));

const isRounded = (cell: unknown): boolean => typeof cell === "bigint" && BigInt(Number(cell)) !== cell;

function columnOf(element: SchemaElement, cells: readonly unknown[]): CellColumn {
  if (isList(element)) return { type: "other", contents: "lists" };
  if (isMap(element)) return { type: "other", contents: "maps" };
  if (isBytes(element)) return { type: "other", contents: "bytes" };
  const first = cells.find((cell) => cell !== null && cell !== undefined);
  const numbers = (numberOf: (cell: unknown) => number) =>
    Float64Array.from(cells, (cell) => (cell === null || cell === undefined ? Number.NaN : numberOf(cell)));
  switch (typeof first) {
    case "number":
    case "bigint":
    case "undefined":
      return { type: "number", values: numbers(Number), start: 0, step: 1 };
    case "boolean":
      return { type: "boolean", values: numbers(Number), start: 0, step: 1 };
    case "string":
      return textColumn(cells as readonly (string | null | undefined)[]);
    default:
      if (!(first instanceof Date)) return { type: "other", contents: "bytes" };
      return { type: timeOf(element), milliseconds: numbers((cell) => (cell as Date).getTime()) };
  }
}

/** The package decodes bytes without an annotation as text. */
const isBytes = ({ type, logical_type: logical, converted_type: converted }: SchemaElement): boolean =>
  type === "BYTE_ARRAY" && logical === undefined && converted === undefined;

function timeOf({ logical_type: logical, converted_type: converted }: SchemaElement): "date" | "timestamp" | "instant" {
  if (logical?.type === "DATE" || converted === "DATE") return "date";
  return logical?.type === "TIMESTAMP" && !logical.isAdjustedToUTC ? "timestamp" : "instant";
}

function textColumn(cells: readonly (string | null | undefined)[]): CellColumn {
  const texts = [...new Set(cells.filter((cell) => typeof cell === "string"))];
  const positions = new Map(texts.map((text, code) => [text, code]));
  return { type: "text", codes: Int32Array.from(cells, (cell) => positions.get(cell ?? "") ?? -1), texts };
}
