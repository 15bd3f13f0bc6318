import { expect, test } from "vitest";
import { dividedUnits, ownRows } from "./shares.ts";

test("units are divided into groups of about equal size, in their order", () => {
  expect(dividedUnits([5, 5, 5, 5], 2)).toEqual([0, 2, 4]);
  expect(dividedUnits([9, 1, 1, 1], 2)).toEqual([0, 1, 4]);
  expect(dividedUnits([1, 1, 1, 9], 2)).toEqual([0, 3, 4]);
  expect(dividedUnits([3, 3, 3], 2)).toEqual([0, 1, 3]);
});

test("there may be more ranks than units, and units without rows", () => {
  expect(dividedUnits([7], 3)).toEqual([0, 0, 1, 1]);
  expect(dividedUnits([], 2)).toEqual([0, 0, 0]);
  expect(dividedUnits([0, 0], 2)).toEqual([0, 0, 2]);
  expect(dividedUnits([4, 0, 4], 4)).toEqual([0, 0, 1, 2, 3]);
});

test("each row of a file belongs to one rank", () => {
  const groups = [[100, 100, 20], [], [100, 0], [7]];
  for (const size of [1, 2, 3, 4, 9]) {
    const found = Array.from({ length: size }, (_, rank) => ownRows(groups, { rank, size }));
    for (const [file, rows] of groups.entries()) {
      const all = found.flatMap((files) => files[file] ?? []);
      expect(all[0]?.from ?? 0).toBe(0);
      expect(all.at(-1)?.to ?? 0).toBe(rows.reduce((sum, count) => sum + count, 0));
      for (const [i, { from }] of all.slice(1).entries()) expect(from).toBe(all[i]!.to);
    }
  }
  expect(ownRows(groups, { rank: 1, size: 2 })).toEqual([
    { from: 200, to: 220 },
    null,
    { from: 0, to: 100 },
    { from: 0, to: 7 },
  ]);
});
