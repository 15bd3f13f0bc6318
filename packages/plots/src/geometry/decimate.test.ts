import fc from "fast-check";
import { expect, test } from "vitest";
import { decimate } from "./decimate.ts";

test("every column keeps its first, lowest, highest and last value, in order, and at most four points", () => {
  const series = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 400 });
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 40 }), (heights, columns) => {
      const xs = heights.map((_, i) => (i * columns) / heights.length);
      const kept = decimate(xs, heights);
      for (let i = 1; i < kept.length; i++) expect(kept[i]!).toBeGreaterThan(kept[i - 1]!);
      for (let column = 0; column < columns; column++) {
        const all = heights.flatMap((_, i) => (Math.floor(xs[i]!) === column ? [i] : []));
        if (all.length === 0) continue;
        const some = kept.filter((i) => Math.floor(xs[i]!) === column);
        const values = all.map((i) => heights[i]!);
        const shown = some.map((i) => heights[i]!);
        expect(some.length).toBeLessThanOrEqual(4);
        expect(some[0]).toBe(all[0]);
        expect(some.at(-1)).toBe(all.at(-1));
        expect(Math.min(...shown)).toBe(Math.min(...values));
        expect(Math.max(...shown)).toBe(Math.max(...values));
      }
    }),
  );
});

test("a million points become 1,600, and one spike stays", () => {
  const n = 1_000_000;
  const xs = Float64Array.from({ length: n }, (_, i) => (i * 400) / n);
  const ys = Float64Array.from({ length: n }, (_, i) => (i === 777_777 ? 99 : Math.sin(i)));
  const kept = decimate(xs, ys);
  expect(kept.length).toBeLessThanOrEqual(1600);
  expect(kept).toContain(777_777);
});

test("few points are unchanged, and points whose x decreases keep their order", () => {
  expect(decimate([0, 1, 2], [5, 4, 3])).toEqual([0, 1, 2]);
  expect(decimate([0.1, 0.2, 5, 0.3, 0.4], [1, 2, 3, 4, 5])).toEqual([0, 1, 2, 3, 4]);
  expect(decimate([], [])).toEqual([]);
});
