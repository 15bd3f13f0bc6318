import { expect, test } from "vitest";
import { lineWithNoise } from "./lineWithNoise.ts";

test("x is uniform in its range and y is normal around the line", () => {
  const n = 50_000;
  const { X, y } = lineWithNoise({ n, slope: -3, intercept: 7, noise: 0.5, from: -2, to: 4 });
  const moments = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const x = X.data[i]!;
    const noise = y[i]! - (-3 * x + 7);
    [x, x * x, noise, noise * noise].forEach((value, k) => {
      moments[k]! += value / n;
    });
  }
  expect(X.data.every((x) => x >= -2 && x < 4)).toBe(true);
  expect(Math.abs(moments[0]! - 1)).toBeLessThan(4 * Math.sqrt(3 / n));
  expect(Math.abs(moments[1]! - 4)).toBeLessThan(4 * Math.sqrt(19.2 / n));
  expect(Math.abs(moments[2]!)).toBeLessThan((4 * 0.5) / Math.sqrt(n));
  expect(Math.abs(moments[3]! / 0.25 - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
});

test("without noise the points are on the line, to the last bit", () => {
  const { X, y } = lineWithNoise({ n: 20, slope: 2, intercept: 1, noise: 0 });
  expect([X.rows, X.columns]).toEqual([20, 1]);
  for (let i = 0; i < 20; i++) expect(y[i]).toBe(2 * X.data[i]! + 1);
});

test("the same seed gives the same bits, another seed others", () => {
  expect(lineWithNoise({ seed: 5 })).toEqual(lineWithNoise({ seed: 5 }));
  expect(lineWithNoise({ seed: 6 }).y).not.toEqual(lineWithNoise({ seed: 5 }).y);
});

test("wrong options throw", () => {
  expect(() => lineWithNoise({ from: 2, to: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: lineWithNoise: to must be above from (2), got 2. Pass a larger to.]`,
  );
  expect(() => lineWithNoise({ slope: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: lineWithNoise: slope must be a finite number, got NaN. Pass a number such as 1.5.]`,
  );
  expect(() => lineWithNoise({ intercept: Infinity })).toThrow(RangeError);
  expect(() => lineWithNoise({ n: 0 })).toThrow(RangeError);
  expect(() => lineWithNoise({ noise: -1 })).toThrow(RangeError);
  expect(() => lineWithNoise({ slop: 1 } as object)).toThrow(TypeError);
});
