import {
  divideTrainingTable,
  linearRegression,
  type Matrix,
  readTrainingTable,
  tableModel,
  trainTestSplit,
} from "downhill";
import fc from "fast-check";
import { expect, test } from "vitest";
import { heldOutRows } from "./splitRows.ts";

const tables = fc.record({
  rows: fc.integer({ min: 5, max: 60 }),
  columns: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(1000),
  share: fc.constantFrom(0.2, 0.3, 0.5),
});

test("the parts are the rows of the library's split, in the order of the table and in its memory", () => {
  fc.assert(
    fc.property(tables, ({ rows, columns, seed, share }) => {
      const data = Float64Array.from({ length: rows * columns }, (_, i) => (i * 7919) % 1009);
      const before = data.slice();
      const cells = Array.from({ length: columns }, (_, start) => {
        return [`x${start}`, { type: "number", values: data, start, step: columns }] as const;
      });
      const y = Float64Array.from({ length: rows }, (_, i) => i + 0.5);
      const all = new Map([...cells, ["y", { type: "number", values: y.slice(), start: 0, step: 1 }] as const]);
      const table = readTrainingTable({ rows, columns: all }, { target: "y" });
      const held = heldOutRows(table, false, { share, seed });
      const split = trainTestSplit(rows, { testShare: share, seed });
      expect(held).toEqual(split);
      const parts = divideTrainingTable(table, split);
      const model = tableModel(linearRegression(), { target: "y" });
      const trained = (() => {
        try {
          return model.trainingData(parts.train);
        } catch {
          return null; // one training row, or columns without variation
        }
      })();
      if (trained === null || trained.X.columns < columns) return;
      for (const [{ X, y: own }, chosen] of [
        [trained, split.train],
        [trained.testData(parts.test), split.test],
      ] as const) {
        const expected = Array.from(chosen.slice().sort()).flatMap((row) => [
          ...before.subarray(row * columns, (row + 1) * columns),
        ]);
        expect([...(X as Matrix).data]).toEqual(expected);
        expect((X as Matrix).data.buffer).toBe(data.buffer);
        expect([...own]).toEqual(Array.from(chosen.slice().sort(), (row) => row + 0.5));
      }
    }),
  );
});

test("each class has its share, and each label stays with its row", () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({ x: i, y: i % 4 === 0 ? "rare" : "often" }));
  const table = readTrainingTable(rows, { target: "y" });
  const parts = divideTrainingTable(table, heldOutRows(table, true, { share: 0.25, seed: 3 })!);
  for (const { typed, y } of [parts.train, parts.test]) {
    const [x] = typed.columns;
    if (x?.kind !== "number") throw new Error("numbers expected");
    expect(Array.from(x.values, (i) => rows[i]!.y)).toEqual([...y]);
    expect([...y].filter((label) => label === "rare").length / y.length).toBeCloseTo(0.25, 1);
  }
});

test("a group is in one part, and the last rows by time are held out", () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({
    x: i,
    who: `c${i % 12}`,
    when: new Date(1e12 - i * 1e8),
    y: i,
  }));
  const options = { target: "y", group: "who" };
  const table = readTrainingTable(rows, options);
  const groups = heldOutRows(table, false, { share: 0.25, seed: 1, group: "who" })!;
  const of = (chosen: Uint32Array) => new Set(Array.from(chosen, (row) => rows[row]!.who));
  expect(groups.test.length).toBe(15);
  expect([...of(groups.test)].filter((who) => of(groups.train).has(who))).toEqual([]);
  const last = heldOutRows(readTrainingTable(rows, { target: "y" }), false, { share: 0.1, seed: 1, time: "when" })!;
  expect([...last.test].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
});
