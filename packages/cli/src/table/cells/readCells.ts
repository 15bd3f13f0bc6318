// Reads the rows of a table into the library's columns of cells.
import type { DuckDBConnection, DuckDBDataChunk, DuckDBVector } from "@duckdb/node-api";
import type { CellColumn, NumberCells, TimeCells } from "downhill";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import { byCodePoints } from "../files/codePoints.ts";
import { gatherFlags, gatherNumbers, gatherRows, type RankRows } from "./gatherCells.ts";
import { leaveOut } from "./leaveOut.ts";
import { missingCells } from "./missingCells.ts";
import { type NumberStore, numberStore } from "./numberStore.ts";
import type { NamedCells, ReadColumn, ReadTable, RowsToRead } from "./reader.ts";
import { eachChunk } from "./rowStream.ts";
import { textDictionary } from "./textDictionary.ts";

/** Fills a column from DuckDB's vectors. */
interface Filler {
  add(vector: DuckDBVector, from: number, count: number): void;
  /** Adds the rows of other ranks, if they are not in a store. */
  gather?(all: RankRows): void;
  finish(rows: number): Omit<ReadColumn<CellColumn>, "name">;
}

/**
 * Reads all rows of some columns into memory, those of other ranks too. The numbers and truth values that are not separate share one row-major array, in the order
 * of their names, because the features of a model have this order.
 *
 * @param shared  whether the common array is in memory that threads can share
 * @throws DuckDB's error if the rows cannot be read
 */
export async function readCells(
  command: string,
  connection: DuckDBConnection,
  columns: readonly NamedCells[],
  { relation, division, shared }: RowsToRead & { readonly shared: boolean },
): Promise<ReadTable<CellColumn>> {
  const joined = columns
    .filter(({ cells, separate }) => (cells.type === "number" || cells.type === "boolean") && !separate)
    .map(({ name }) => name)
    .sort(byCodePoints);
  const matrix = joined.length === 0 ? undefined : numberStore(command, joined.length, shared);
  const stores = new Set<NumberStore>();
  const fillers = columns.map(({ name, cells }): Filler | undefined => {
    if (cells.type === "other") return undefined;
    if (cells.type === "text") return textFiller(command, name);
    const start = joined.indexOf(name);
    const store = start >= 0 ? matrix! : numberStore(command, 1);
    stores.add(store);
    return numberFiller(cells.type, store, Math.max(start, 0));
  });
  const used = fillers.filter((filler) => filler !== undefined);
  let rows = 0;
  const take = (chunk: DuckDBDataChunk) => {
    for (const [j, filler] of used.entries()) filler.add(chunk.getColumnVector(j), rows, chunk.rowCount);
    rows += chunk.rowCount;
  };
  const readRows = () => eachChunk(connection, selectOf(columns, relation), take);
  if (division === undefined) await readRows();
  else {
    await division.attempt(readRows);
    const all = gatherRows(division.ranks, rows);
    rows = all.starts.at(-1)!;
    await division.attempt(async () => {
      for (const store of stores) store.reserve(rows);
    });
    for (const store of stores) gatherNumbers(all, store);
    for (const filler of used) filler.gather?.(all);
  }
  const read = columns.map(({ name, cells }, j) => ({
    name,
    ...(cells.type === "other"
      ? { column: { type: cells.type, contents: cells.contents }, large: false, special: false }
      : fillers[j]!.finish(rows)),
  }));
  return { rows, columns: division === undefined ? read : gatherFlags(division.ranks, read) };
}

/** The SELECT of the cells of the columns that have some. */
export function selectOf(columns: readonly NamedCells[], relation: string): string {
  const selected = columns.flatMap(({ cells }) => (cells.type === "other" ? [] : [cells.sql]));
  return `SELECT ${selected.length === 0 ? "NULL" : selected.join(", ")} FROM ${relation}`;
}

/** A vector of DOUBLE. */
export interface Doubles {
  readonly items: Float64Array;
}

function numberFiller(type: NumberCells["type"] | TimeCells["type"], store: NumberStore, start: number): Filler {
  const step = store.width;
  let [large, special] = [false, false];
  return {
    add(vector, from, count) {
      const values = store.reserve(from + count);
      const { items } = vector as unknown as Doubles;
      const first = start + from * step;
      const isMissing = missingCells(vector, count);
      if (!write(items, count, values, { first, step }) && isMissing === null) return;
      for (let i = 0; i < count; i++) {
        if (isMissing?.(i)) values[first + i * step] = Number.NaN;
        else if (!Number.isFinite(items[i])) special = true;
        else if (Math.abs(items[i]!) > Number.MAX_SAFE_INTEGER) large = true;
      }
    },
    finish(rows) {
      const values = store.finish(rows);
      const isNumber = type === "number" || type === "boolean";
      return { column: isNumber ? { type, values, start, step } : { type, milliseconds: values }, large, special };
    },
  };
}

/** Writes numbers into a column of an array. Returns whether one is not finite or beyond ±2^53. */
function write(
  items: Float64Array,
  count: number,
  values: Float64Array,
  { first, step }: { readonly first: number; readonly step: number },
): boolean {
  let isUnusual = false;
  for (let i = 0, at = first; i < count; i++, at += step) {
    const value = items[i]!;
    values[at] = value;
    if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) isUnusual = true;
  }
  return isUnusual;
}

const MAX_TEXTS = 10_000_000;

/** @throws DataError for a column with too many different texts, which are in memory */
export function checkTexts(command: string, name: string, texts: number): void {
  if (texts <= MAX_TEXTS) return;
  throw new DataError(
    `${command}: column ${show(name)} has more than ${MAX_TEXTS / 1e6} million different texts. ` +
      `Use fewer rows, or ${leaveOut(command, name)}.`,
  );
}

function textFiller(command: string, name: string): Filler {
  const texts = textDictionary();
  return {
    add(vector, _, count) {
      texts.add(vector, count);
      checkTexts(command, name, texts.size);
    },
    gather(all) {
      texts.gather(all);
      checkTexts(command, name, texts.size);
    },
    finish: () => ({ column: texts.column(), large: false, special: false }),
  };
}
