// On a Parquet file of flights, the mean held-out score is at most 0.005 below that of a plain scikit-learn pipeline (flights.py).
import { fileURLToPath } from "node:url";
import { linearRegression, readTrainingTable, rSquared, tableModel, takeTrainingRows } from "downhill";
import { expect, test } from "vitest";
import golden from "./goldens/flights.json" with { type: "json" };
import { openTable } from "./openTable.ts";

const file = fileURLToPath(new URL("../../../node_modules/vega-datasets/data/flights-3m.parquet", import.meta.url));

/** The finalizer of MurmurHash3 for 32 bits, as flights.py has it. */
function mix(x: number): number {
  const a = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  const b = Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (b ^ (b >>> 16)) >>> 0;
}

test("flights-3m.parquet: the delay", async () => {
  const query =
    `SELECT date, delay, distance, origin, destination FROM read_parquet('${file}', file_row_number = true) ` +
    `WHERE file_row_number % ${golden.step} = 0 ORDER BY file_row_number`;
  const open = await openTable("train", query);
  const table = readTrainingTable(await open.readCells(), { target: "delay" });
  expect(table.typed.rows).toBe(golden.rows);
  const rows = Array.from({ length: golden.rows }, (_, row) => row);
  for (const [model, theirs] of Object.entries(golden.scores)) {
    const scores = Array.from({ length: golden.splits }, (_, split) => {
      const isTest = (row: number): boolean => mix(20 * row + split) % 5 === 0;
      const train = takeTrainingRows(table, Uint32Array.from(rows.filter((row) => !isTest(row))));
      const held = takeTrainingRows(table, Uint32Array.from(rows.filter(isTest)));
      const l2 = model === "Ridge" ? 1 / train.typed.rows : 0;
      const fitted = tableModel(linearRegression({ l2 }), { target: "delay" }).fit(train);
      return rSquared(fitted.predict(held.typed), held.y as Float64Array);
    });
    const mean = scores.reduce((sum, score) => sum + score / scores.length, 0);
    expect(mean, model).toBeGreaterThanOrEqual(theirs - 0.005);
  }
});
