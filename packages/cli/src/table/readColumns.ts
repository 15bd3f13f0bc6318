// The cells of a result as columns, chunk by chunk. A cell that is missing or no finite number is an error that names
// its column, how many there are, and where the first stands.
import { statSync } from "node:fs";
import type { DuckDBResult, DuckDBVector } from "@duckdb/node-api";
import { DataError, leaveOut, show } from "../errors.ts";
import type { Column, DataTable } from "./column.ts";
import { lineOfRow } from "./csvText.ts";
import { identifier, type Source } from "./source.ts";

/** A column to read: what DuckDB casts it to; `forced` when it is text whatever it looks like. */
export interface Wanted {
  readonly name: string;
  readonly as: "DOUBLE" | "BOOLEAN" | "VARCHAR";
  readonly forced: boolean;
}

/** A kind of bad cell: how many, and the row of the first. */
interface Bad {
  count: number;
  row: number;
  value: string;
}

/** Fills a column from vectors, and says at the end what it became. */
interface Filler {
  readonly missing: Bad;
  readonly infinite: Bad;
  add(vector: DuckDBVector, from: number, count: number): void;
  column(rows: number): Column;
}

const none = (): Bad => ({ count: 0, row: -1, value: "" });

function note(bad: Bad, row: number, value: string): void {
  if (bad.count === 0) Object.assign(bad, { row, value });
  bad.count += 1;
}

/**
 * Reads a result to its end.
 *
 * @throws DataError when there is no row, or a cell is missing or not finite
 */
export async function readColumns(
  who: string,
  source: Source,
  result: DuckDBResult,
  wanted: readonly Wanted[],
): Promise<DataTable> {
  const fillers = wanted.map(({ name, as }) => (as === "VARCHAR" ? textFiller(name) : numberFiller(name, as)));
  let rows = 0;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const [j, filler] of fillers.entries()) filler.add(chunk.getColumnVector(j), rows, chunk.rowCount);
    rows += chunk.rowCount;
  }
  if (rows === 0) {
    throw new DataError(`${who}: table must have rows, got none in ${show(source.name)}. Supply rows.`);
  }
  const place = placeIn(source);
  for (const [j, filler] of fillers.entries()) refuseBad(who, wanted[j]!.name, filler, place);
  const columns = fillers.map((filler, j) => {
    const column = filler.column(rows);
    return wanted[j]!.forced ? column : plainer(who, column, place);
  });
  return { name: source.name, rows, columns, place };
}

function numberFiller(name: string, as: "DOUBLE" | "BOOLEAN"): Filler {
  const parts: Float64Array[] = [];
  const [missing, infinite] = [none(), none()];
  return {
    missing,
    infinite,
    add(vector, from, count) {
      const part = new Float64Array(count);
      for (let i = 0; i < count; i++) {
        const value = vector.getItem(i);
        if (value === null) note(missing, from + i, "");
        part[i] = Number(value);
        if (!Number.isFinite(part[i])) note(infinite, from + i, String(value));
      }
      parts.push(part);
    },
    column(rows) {
      const values = new Float64Array(rows);
      let at = 0;
      for (const part of parts) {
        values.set(part, at);
        at += part.length;
      }
      return { name, kind: as === "DOUBLE" ? "number" : "boolean", values };
    },
  };
}

function textFiller(name: string): Filler {
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

function refuseBad(who: string, name: string, { missing, infinite }: Filler, place: (row: number) => string): void {
  if (missing.count > 0) {
    const cells = missing.count === 1 ? "1 missing cell at" : `${missing.count} missing cells, the first at`;
    throw new DataError(
      `${who}: column ${identifier(name)} must have a value in every row, got ${cells} ${place(missing.row)}. ` +
        `Fill the cells in, remove their rows, or ${leaveOut(who, name)}.`,
    );
  }
  if (infinite.count > 0) {
    const others = infinite.count === 1 ? "" : ` and ${infinite.count - 1} more`;
    throw new DataError(
      `${who}: column ${identifier(name)} must hold finite numbers, got ${infinite.value} at ${place(infinite.row)}` +
        `${others}. Correct the cells, remove their rows, or ${leaveOut(who, name)}.`,
    );
  }
}

const truth: Readonly<Record<string, number>> = { true: 1, True: 1, TRUE: 1, false: 0, False: 0, FALSE: 0 };

/** Text that only says true and false becomes truth values; text among numbers is refused. */
function plainer(who: string, column: Column, place: (row: number) => string): Column {
  if (column.kind !== "text") return column;
  const { name, codes, texts } = column;
  if (texts.every((text) => text in truth)) {
    return { name, kind: "boolean", values: Float64Array.from(codes, (code) => truth[texts[code]!]!) };
  }
  const odd = texts.map((text) => text.trim() === "" || Number.isNaN(Number(text)));
  let oddRows = 0;
  for (const code of codes) oddRows += odd[code]! ? 1 : 0;
  if (oddRows === 0 || oddRows * 2 >= codes.length) return column;
  const first = codes.findIndex((code) => odd[code]!);
  throw new DataError(
    `${who}: column ${identifier(name)} must hold numbers in every row, got ${oddRows} of other text, ` +
      `the first ${show(texts[codes[first]!]!)} at ${place(first)}. Correct the cells, or ${leaveOut(who, name)}.`,
  );
}

const MOST_BYTES = 2 ** 28; // larger files are not read again to find a line

function placeIn({ kind, name, header }: Source): (row: number) => string {
  if (kind === "csv" && statSync(name).size <= MOST_BYTES) {
    return (row) => `${name}:${lineOfRow(name, header!.delimiter, row)}`;
  }
  return (row) => (kind === "query" ? `row ${row + 1} of the query` : `row ${row + 1} of ${name}`);
}
