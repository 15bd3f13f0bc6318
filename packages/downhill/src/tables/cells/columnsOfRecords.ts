import { InputTypeError, show } from "../../core/check.ts";
import type { CellColumn, CellTable } from "./cellColumn.ts";
import { areRecords, columnOfCells, kindsIn, type Values } from "./columnOfCells.ts";

const MAX_DEPTH = 8; // of records in records; deeper ones, and records that contain themselves, are left out

/** The columns of a list of records, in the order in which their names appear first. */
export function columnsOfRecords(functionName: string, records: readonly unknown[]): CellTable {
  for (let row = 0; row < records.length; row++) {
    const record = records[row];
    if (isRow(record)) continue;
    throw new InputTypeError(
      `${functionName}: every row must be a record, got ${show(record)} in row ${row}. ` +
        (Array.isArray(record) ? "Give each cell a name: { age: 22 }." : "Remove the row or supply its cells."),
    );
  }
  const names = namesIn(records);
  const columns = new Map<string, CellColumn>();
  const add = (values: Values, depth: number): void => {
    const kinds = kindsIn(values);
    const flat = areRecords(kinds) && depth < MAX_DEPTH ? membersOf(values) : [];
    if (flat.length === 0 || flat.some(({ name }) => names.has(name) || columns.has(name))) {
      columns.set(values.name, columnOfCells(values, kinds));
      return;
    }
    for (const each of flat) add(each, depth + 1);
  };
  for (const name of names) add(memberOf(functionName, name, records, name), 0);
  return { rows: records.length, columns };
}

/** A record can be an instance of a class, as the rows of some databases are. */
const isRow = (value: unknown): value is object =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !ArrayBuffer.isView(value) &&
  !(value instanceof Date || value instanceof Map || value instanceof Promise);

function namesIn(records: readonly unknown[]): Set<string> {
  const names = new Set<string>();
  for (const record of records) {
    if (typeof record !== "object" || record === null) continue;
    for (const name of Object.keys(record)) names.add(name);
  }
  return names;
}

function memberOf(functionName: string, name: string, records: readonly unknown[], member: string): Values {
  const at = (row: number): unknown => {
    const record = records[row] as Readonly<Record<string, unknown>> | null | undefined;
    return record !== null && record !== undefined && Object.hasOwn(record, member) ? record[member] : undefined;
  };
  return { functionName, name, rows: records.length, at };
}

/** The members of a column of records, as columns. */
function membersOf({ functionName, name, rows, at }: Values): Values[] {
  const records = Array.from({ length: rows }, (_, row) => at(row));
  return [...namesIn(records)].map((member) => memberOf(functionName, `${name}.${member}`, records, member));
}
