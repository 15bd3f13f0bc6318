// Reads tables of vega-datasets as columns of plain cells.
import { readFileSync } from "node:fs";
import type { Cell } from "../../src/tables/cells/cellColumn.ts";

/** Every `step`-th row of a file, as columns. The cells of a CSV file are text. */
export function vegaTable(file: string, step = 1): Record<string, Cell[]> {
  const text = readFileSync(new URL(`../../../../node_modules/vega-datasets/data/${file}`, import.meta.url), "utf8");
  const rows: Record<string, Cell>[] = file.endsWith(".json") ? JSON.parse(text) : csvRecords(text);
  const some = rows.filter((_, row) => row % step === 0);
  const names = [...new Set(some.flatMap((row) => Object.keys(row)))];
  return Object.fromEntries(names.map((name) => [name, some.map((row) => row[name] ?? null)]));
}

/** The records of a CSV file. Quoted fields can hold commas. */
function csvRecords(text: string): Record<string, Cell>[] {
  const fields = (line: string): string[] =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!,
    );
  const [head, ...lines] = text.trimEnd().split(/\r?\n/);
  const names = fields(head!);
  return lines.map((line) => {
    const cells = fields(line);
    return Object.fromEntries(names.map((name, j) => [name, cells[j]!]));
  });
}

/** Some rows of a table. */
export const rowsOf = (table: Record<string, Cell[]>, rows: readonly number[]): Record<string, Cell[]> =>
  Object.fromEntries(Object.entries(table).map(([name, cells]) => [name, rows.map((row) => cells[row]!)]));

/** The training rows and the test rows of a split, as realTables.py has them. */
export function splitOf(rows: number, split: number): { readonly train: number[]; readonly test: number[] } {
  const train: number[] = [];
  const test: number[] = [];
  for (let row = 0; row < rows; row++) (mix(row * 20 + split) % 5 === 0 ? test : train).push(row);
  return { train, test };
}

/** The finalizer of MurmurHash3 for 32 bits. */
function mix(x: number): number {
  const a = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  const b = Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (b ^ (b >>> 16)) >>> 0;
}
