import { type Label, takeRows, trainTestSplit } from "downhill";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { LabelledRows, NumberedRows } from "./rows.ts";
import { splitRows } from "./splitRows.ts";

const tables = fc.record({
  rows: fc.integer({ min: 4, max: 60 }),
  columns: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(1000),
  heldOut: fc.constantFrom(0.2, 0.3, 0.5),
});

test("the parts are the rows of the library's split, in its order, in the memory of the whole table", () => {
  fc.assert(
    fc.property(tables, ({ rows, columns, seed, heldOut }) => {
      const data = Float64Array.from({ length: rows * columns }, (_, i) => i);
      const before = { data: data.slice(), rows, columns };
      const y = Float64Array.from({ length: rows }, (_, i) => i + 0.5);
      const parts = splitRows({ task: "regression", X: { data, rows, columns }, y }, heldOut, seed);
      const split = trainTestSplit(rows, { testShare: heldOut, seed });
      for (const [part, own] of [
        [parts.train, split.train],
        [parts.heldOut, split.test],
      ] as const) {
        const { X, y } = part as NumberedRows;
        expect(X).toEqual(takeRows(before, own));
        expect(X.data.buffer).toBe(data.buffer);
        expect([...y]).toEqual(Array.from(own, (row) => row + 0.5));
      }
    }),
  );
});

test("each label stays with its row", () => {
  const rows = 40;
  const data = Float64Array.from({ length: rows }, (_, i) => i);
  const labels: Label[] = Array.from({ length: rows }, (_, i) => (i % 4 === 0 ? "rare" : "often"));
  const parts = splitRows({ task: "classification", X: { data, rows, columns: 1 }, y: labels }, 0.25, 3);
  for (const part of [parts.train, parts.heldOut] as LabelledRows[]) {
    expect(Array.from(part.X.data, (i) => labels[i])).toEqual([...part.y]);
    expect(part.y.filter((label) => label === "rare").length / part.y.length).toBeCloseTo(0.25, 1);
  }
});
