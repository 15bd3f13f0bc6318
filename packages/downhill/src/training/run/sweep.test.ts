import { expect, test } from "vitest";
import { linearRegression, plain } from "../../index.ts";

test("a run in batches reserves enough memory, wherever its last page ends", () => {
  const columns = 65;
  for (let rows = 200; rows < 340; rows++) {
    const X = { rows, columns, data: new Float64Array(rows * columns) };
    const options = { optimizer: plain(1e-3), batchSize: 1, epochs: 1, average: {} } as const;
    expect(linearRegression(options).fit(X, new Float64Array(rows)).updates).toBe(rows);
  }
});
