import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { correlations } from "./correlations.ts";

test("NumPy's numbers; the formula and the versions are in correlations.py", () => {
  const golden = JSON.parse(
    readFileSync(new URL("../../test/goldens/correlations.json", import.meta.url), "utf8"),
  ) as Record<"columns" | "correlations", number[][]>;
  const found = correlations(golden.columns);
  golden.correlations.flat().forEach((value, i) => {
    expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(1e-12); // 30 terms below 1: rounding stays below 1e-14
  });
});

test("symmetric, within ±1, the same for any scale and offset; NaN for a constant column", () => {
  const table = fc.tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 4 })).chain(([rows, count]) =>
    fc.array(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: rows, maxLength: rows }), {
      minLength: count,
      maxLength: count,
    }),
  );
  fc.assert(
    fc.property(table, (columns) => {
      const found = correlations(columns);
      const other = correlations(columns.map((column) => column.map((x) => 2 ** 900 * (x + 64)))); // exact: whole numbers
      const at = (j: number, k: number): number => j * columns.length + k;
      for (const [j, column] of columns.entries()) {
        const constant = new Set(column).size === 1;
        for (let k = 0; k < columns.length; k++) {
          const value = found[at(j, k)]!;
          expect(value).toBe(found[at(k, j)]);
          if (constant) expect(value).toBeNaN();
          else if (!Number.isNaN(value)) {
            expect(Math.abs(value)).toBeLessThanOrEqual(1);
            expect(other[at(j, k)]).toBeCloseTo(value, 10);
            if (j === k) expect(value).toBe(1);
          }
        }
      }
    }),
    { seed: 1 },
  );
});

test.each<[columns: number[][], message: string]>([
  [[], "correlations: columns must hold at least one value, got none."],
  [[[1], [2]], "correlations: columns must have at least two numbers each, got 1. Supply more rows."],
  [
    [
      [1, 2],
      [1, Number.NaN],
    ],
    "correlations: columns[1][1] must be finite",
  ],
  [
    [
      [1, 2],
      [1, 2, 3],
    ],
    "correlations: columns[1]",
  ],
])("%j is rejected", (columns, message) => {
  expect(() => correlations(columns)).toThrow(message);
});
