// Reads the rows of a table into columns, and finds the cells that are missing or not finite.
import type { DuckDBConnection, DuckDBDataChunk, DuckDBVector } from "@duckdb/node-api";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import type { Column, NumberColumn } from "../columns/column.ts";
import { leaveOut } from "../columns/leaveOut.ts";
import type { BadCells, Counted } from "./badCells.ts";
import { type NumberStore, numberStore } from "./numberStore.ts";
import { eachChunk } from "./rowStream.ts";

/** A column to read, with the SQL of its cells. */
export interface CellsSql {
  readonly name: string;
  readonly sql: string;
  /** The kind of the cells. The SQL of a "kept" column has no missing cells. */
  readonly kind: "number" | "boolean" | "text" | "kept";
  /** Whether its numbers are stored in an array of their own, not in the matrix of the other columns. */
  readonly separate: boolean;
  /** Whether the command needs the column. */
  readonly needed: boolean;
  /** Whether its SQL gives NULL for a cell that must be read as text. Such a column is not an error; it is read again. */
  readonly guarded: boolean;
}

/** Fills a column from DuckDB's vectors. */
interface Filler {
  readonly missing: Counted;
  readonly infinite: Counted;
  add(vector: DuckDBVector, from: number, count: number): void;
  column(rows: number): Column;
}

const noCells = (): Counted => ({ count: 0, row: -1, value: "" });

function countCell(bad: Counted, row: number, value: string): void {
  if (bad.count === 0) Object.assign(bad, { row, value });
  bad.count += 1;
}

/**
 * Reads all rows of some columns.
 *
 * @param relation  the SQL of the table
 * @returns `again` has the names of the guarded columns that must be read again as text; `bad` has the bad cells of the other
 * columns, whose contents are then undefined
 * @throws DuckDB's error if the rows cannot be read
 */
export async function readColumns(
  command: string,
  connection: DuckDBConnection,
  { columns, relation }: { readonly columns: readonly CellsSql[]; readonly relation: string },
): Promise<{ rows: number; columns: Column[]; again: string[]; bad: BadCells[] }> {
  const shared = columns.filter(({ kind, separate }) => (kind === "number" || kind === "boolean") && !separate);
  const matrix = numberStore(command, shared.length);
  const fillers = columns.map((each) => {
    if (each.kind === "text") return textFiller(command, each.name);
    if (each.kind === "kept") return keptFiller(each.name);
    return each.separate
      ? numberFiller({ name: each.name, kind: each.kind, store: numberStore(command, 1), start: 0 })
      : numberFiller({ name: each.name, kind: each.kind, store: matrix, start: shared.indexOf(each) });
  });
  let rows = 0;
  const take = (chunk: DuckDBDataChunk) => {
    for (const [j, filler] of fillers.entries()) filler.add(chunk.getColumnVector(j), rows, chunk.rowCount);
    rows += chunk.rowCount;
  };
  await eachChunk(connection, `SELECT ${columns.map(({ sql }) => sql).join(", ")} FROM ${relation}`, take);
  const again = columns.filter(({ guarded }, j) => guarded && fillers[j]!.missing.count > 0).map(({ name }) => name);
  const bad = columns.flatMap(({ name, needed }, j): BadCells[] => {
    const { missing, infinite } = fillers[j]!;
    if (again.includes(name)) return [];
    if (missing.count > 0) return [{ ...missing, fault: "missing", name, needed }];
    return infinite.count > 0 ? [{ ...infinite, fault: "not finite", name, needed }] : [];
  });
  return { rows, columns: fillers.map((filler) => filler.column(rows)), again, bad };
}

function numberFiller({
  name,
  kind,
  store,
  start,
}: Pick<NumberColumn, "name" | "kind" | "start"> & { readonly store: NumberStore }): Filler {
  const [missing, infinite] = [noCells(), noCells()];
  const step = store.width;
  let [smallest, largest, sum] = [Infinity, -Infinity, 0];
  return {
    missing,
    infinite,
    add(vector, from, count) {
      const values = store.reserve(from + count);
      const { items, validity } = vector as unknown as Doubles;
      const all = holdsAll(validity.data, count);
      for (let i = 0, at = start + from * step; i < count; i++, at += step) {
        const value = items[i]!;
        values[at] = value;
        if (!all && !validity.itemValid(i)) countCell(missing, from + i, "");
        else if (value - value !== 0) countCell(infinite, from + i, String(value));
        else {
          if (value < smallest) smallest = value;
          if (value > largest) largest = value;
          sum += value;
        }
      }
    },
    column: (rows) => ({
      name,
      kind,
      values: store.reserve(rows).subarray(0, rows * step),
      start,
      step,
      spread: { smallest, mean: sum / rows, largest },
    }),
  };
}

/** A vector of DOUBLE. `data` has a bit per cell, 0 for a missing cell; it is null if no cell is missing. */
interface Doubles {
  readonly items: Float64Array;
  readonly validity: { readonly data: BigUint64Array | null; itemValid(i: number): boolean };
}

/** Whether no cell is missing. If the count is not a multiple of 64 the answer is false, and the caller checks each cell. */
function holdsAll(bits: BigUint64Array | null, count: number): boolean {
  if (bits === null) return true;
  if (count % 64 !== 0) return false;
  return bits.every((word) => word === 0xffff_ffff_ffff_ffffn);
}

/** A column for the output only: its equal texts are not stored once. */
function keptFiller(name: string): Filler {
  const texts: string[] = [];
  return {
    missing: noCells(),
    infinite: noCells(),
    add(vector, _, count) {
      for (let i = 0; i < count; i++) texts.push(String(vector.getItem(i)));
    },
    column: () => ({ name, kind: "text", codes: Uint32Array.from(texts, (_, row) => row), texts }),
  };
}

const MAX_TEXTS = 10_000_000;

function textFiller(command: string, name: string): Filler {
  const parts: Uint32Array[] = [];
  const positions = new Map<string, number>();
  const missing = noCells();
  return {
    missing,
    infinite: noCells(),
    add(vector, from, count) {
      const part = new Uint32Array(count);
      for (let i = 0; i < count; i++) {
        const value = vector.getItem(i);
        if (value === null) {
          countCell(missing, from + i, "");
          continue;
        }
        const text = String(value);
        let code = positions.get(text);
        if (code === undefined) {
          code = positions.size;
          positions.set(text, code);
        }
        part[i] = code;
      }
      if (positions.size > MAX_TEXTS) {
        throw new DataError(
          `${command}: column ${show(name)} has more than ${MAX_TEXTS / 1e6} million different texts. ` +
            `Use fewer rows, or ${leaveOut(command, name)}.`,
        );
      }
      parts.push(part);
    },
    column(rows) {
      const codes = new Uint32Array(rows);
      let at = 0;
      for (const part of parts) {
        codes.set(part, at);
        at += part.length;
      }
      return { name, kind: "text", codes, texts: [...positions.keys()] };
    },
  };
}
