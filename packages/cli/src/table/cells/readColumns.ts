// The rows of a table as columns, and the cells of each that are missing or no finite numbers.
import type { DuckDBConnection, DuckDBDataChunk, DuckDBVector } from "@duckdb/node-api";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import type { Column, NumberColumn } from "../columns/column.ts";
import { leaveOut } from "../columns/leaveOut.ts";
import type { BadCells, Counted } from "./badCells.ts";
import { type NumberStore, numberStore } from "./numberStore.ts";
import { eachChunk } from "./rowStream.ts";

/** A column to read: its name, the SQL of its cells, and what these are. */
export interface CellsSql {
  readonly name: string;
  readonly sql: string;
  /** Of a "kept" column no cell may be missing. */
  readonly kind: "number" | "boolean" | "text" | "kept";
  /** Whether its numbers lie by themselves, rather than row by row with those of the other columns. */
  readonly apart: boolean;
  /** Whether the command cannot do without it, so that no advice says to leave it out. */
  readonly needed: boolean;
  /** Whether its SQL gives NULL for a cell that must be read as text: then the column is no error, but to be read again. */
  readonly guarded: boolean;
}

/** Fills a column from vectors, and says at the end what it became. */
interface Filler {
  readonly missing: Counted;
  readonly infinite: Counted;
  add(vector: DuckDBVector, from: number, count: number): void;
  column(rows: number): Column;
}

const none = (): Counted => ({ count: 0, row: -1, value: "" });

function note(bad: Counted, row: number, value: string): void {
  if (bad.count === 0) Object.assign(bad, { row, value });
  bad.count += 1;
}

/**
 * Reads columns to their end.
 *
 * @param relation  the SQL that the cells come from
 * @returns `again` names the guarded columns with cells that must be read as text; `bad` are the bad cells of the others,
 * whose columns have no meaning
 * @throws what DuckDB says when the rows cannot be read
 */
export async function readColumns(
  command: string,
  connection: DuckDBConnection,
  wanted: readonly CellsSql[],
  relation: string,
): Promise<{ rows: number; columns: Column[]; again: string[]; bad: BadCells[] }> {
  const together = wanted.filter(({ kind, apart }) => (kind === "number" || kind === "boolean") && !apart);
  const block = numberStore(command, together.length);
  const fillers = wanted.map((each) => {
    if (each.kind === "text") return textFiller(command, each.name);
    if (each.kind === "kept") return keptFiller(each.name);
    return each.apart
      ? numberFiller(each.name, each.kind, numberStore(command, 1), 0)
      : numberFiller(each.name, each.kind, block, together.indexOf(each));
  });
  let rows = 0;
  const take = (chunk: DuckDBDataChunk) => {
    for (const [j, filler] of fillers.entries()) filler.add(chunk.getColumnVector(j), rows, chunk.rowCount);
    rows += chunk.rowCount;
  };
  await eachChunk(connection, `SELECT ${wanted.map(({ sql }) => sql).join(", ")} FROM ${relation}`, take);
  const again = wanted.filter(({ guarded }, j) => guarded && fillers[j]!.missing.count > 0).map(({ name }) => name);
  const bad = wanted.flatMap(({ name, needed }, j): BadCells[] => {
    const { missing, infinite } = fillers[j]!;
    if (again.includes(name)) return [];
    if (missing.count > 0) return [{ ...missing, fault: "missing", name, needed }];
    return infinite.count > 0 ? [{ ...infinite, fault: "not finite", name, needed }] : [];
  });
  return { rows, columns: fillers.map((filler) => filler.column(rows)), again, bad };
}

function numberFiller(name: string, kind: NumberColumn["kind"], store: NumberStore, start: number): Filler {
  const [missing, infinite] = [none(), none()];
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
        if (!all && !validity.itemValid(i)) note(missing, from + i, "");
        else if (value - value !== 0) note(infinite, from + i, String(value));
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

/** What a vector of DOUBLE has beyond every vector: a bit per cell, 0 where it is missing; null where none is. */
interface Doubles {
  readonly items: Float64Array;
  readonly validity: { readonly data: BigUint64Array | null; itemValid(i: number): boolean };
}

/** Whether none of the first cells is missing; cells beyond a whole word are looked at one by one by the caller. */
function holdsAll(bits: BigUint64Array | null, count: number): boolean {
  if (bits === null) return true;
  if (count % 64 !== 0) return false;
  return bits.every((word) => word === 0xffff_ffff_ffff_ffffn);
}

/** A column that is only written again: its texts are not compared. */
function keptFiller(name: string): Filler {
  const texts: string[] = [];
  return {
    missing: none(),
    infinite: none(),
    add(vector, _, count) {
      for (let i = 0; i < count; i++) texts.push(String(vector.getItem(i)));
    },
    column: () => ({ name, kind: "text", codes: Uint32Array.from(texts, (_, row) => row), texts }),
  };
}

const MOST_TEXTS = 10_000_000;

function textFiller(command: string, name: string): Filler {
  const parts: Uint32Array[] = [];
  const positions = new Map<string, number>();
  const missing = none();
  return {
    missing,
    infinite: none(),
    add(vector, from, count) {
      const part = new Uint32Array(count);
      for (let i = 0; i < count; i++) {
        const value = vector.getItem(i);
        if (value === null) {
          note(missing, from + i, "");
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
      if (positions.size > MOST_TEXTS) {
        throw new DataError(
          `${command}: column ${show(name)} must hold at most ${MOST_TEXTS / 1e6} million different texts, got more. ` +
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
