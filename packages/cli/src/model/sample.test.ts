import { expect, test } from "vitest";
import { sampleOf } from "./sample.ts";

test("all rows of a small table", () => {
  expect([...sampleOf(4, 4)]).toEqual([0, 1, 2, 3]);
  expect([...sampleOf(0, 4)]).toEqual([]);
});

test("the sample of a large table has no row twice, is ascending, and has even and odd rows from all of the table", () => {
  const rows = [...sampleOf(10_000, 1000)];
  expect(rows).toHaveLength(1000);
  for (let i = 1; i < rows.length; i++) expect(rows[i]!).toBeGreaterThan(rows[i - 1]!);
  const thousands = Array.from({ length: 10 }, (_, k) => rows.filter((row) => Math.floor(row / 1000) === k).length);
  for (const count of thousands) expect(Math.abs(count - 100)).toBeLessThan(50); // 5 deviations
  expect(Math.abs(rows.filter((row) => row % 2 === 0).length - 500)).toBeLessThan(80);
});

test("equal numbers of rows give equal samples", () => {
  expect(sampleOf(5000, 100)).toEqual(sampleOf(5000, 100));
});
