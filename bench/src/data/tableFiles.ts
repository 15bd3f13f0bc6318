// Tables with the columns x0, x1, … and y, as CSV and Parquet files.
import { closeSync, openSync, rmSync, writeSync } from "node:fs";

const ROWS_PER_WRITE = 10_000;

/** Writes numbers with nine decimals, and the labels −1 and +1 as "no" and "yes". */
export function writeCsv(path: string, X: Float64Array, y: Float64Array): void {
  const columns = X.length / y.length;
  const file = openSync(path, "w");
  writeSync(file, `${Array.from({ length: columns }, (_, j) => `x${j},`).join("")}y\n`);
  for (let from = 0; from < y.length; from += ROWS_PER_WRITE) {
    let text = "";
    for (let i = from; i < Math.min(from + ROWS_PER_WRITE, y.length); i++) {
      for (let j = 0; j < columns; j++) text += `${X[i * columns + j]!.toFixed(9)},`;
      text += y[i]! > 0 ? "yes\n" : "no\n";
    }
    writeSync(file, text);
  }
  closeSync(file);
}

/** Writes the same table as Parquet: DuckDB converts the CSV file. */
export async function writeParquet(path: string, X: Float64Array, y: Float64Array): Promise<void> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const csv = `${path}.csv`;
  writeCsv(csv, X, y);
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(
    `COPY (SELECT * FROM read_csv('${csv}', types = {'y': 'VARCHAR'})) TO '${path}' (FORMAT parquet)`,
  );
  connection.closeSync();
  rmSync(csv);
}
