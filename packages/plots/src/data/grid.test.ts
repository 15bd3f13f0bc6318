import { describe, expect, test } from "vitest";
import type { Point } from "../geometry/path.ts";
import { outlinesOf } from "./contours.ts";
import { cellOf, gridBetween, gridOver, gridRows } from "./grid.ts";

describe("the grid", () => {
  test("cell centres come row by row from below, inside the edges", () => {
    const grid = gridBetween([0, 4], [10, 20], { columns: 4, rows: 2 });
    expect([...grid.points]).toEqual([
      0.5, 12.5, 1.5, 12.5, 2.5, 12.5, 3.5, 12.5, 0.5, 17.5, 1.5, 17.5, 2.5, 17.5, 3.5, 17.5,
    ]);
    expect(gridRows(grid)[5]).toEqual([1.5, 17.5]);
    expect(gridRows(grid).map(([a = 0, b = 0]) => cellOf(grid, a, b))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
  test("gridOver leaves free space around the points, as a share of their span", () => {
    const grid = gridOver([0, 10], Float64Array.of(5, 5), { columns: 3, rows: 3, padding: 0.2 });
    expect(grid.x1).toEqual([-2, 12]);
    expect(grid.x2[0]).toBeLessThan(5);
    expect(grid.x2[1]).toBeGreaterThan(5);
  });
  test("errors", () => {
    expect(() => gridOver([1, 2], [1])).toThrow(
      "gridOver: x2 must have as many values as x1 (2), got 1. Make the lengths agree.",
    );
    expect(() => gridOver([], [])).toThrow("gridOver: x1 must hold at least one value, got none.");
    expect(() => gridOver([1, Number.NaN], [1, 2])).toThrow(/x1\[1\] must be finite/);
    expect(() => gridBetween([2, 1], [0, 1])).toThrow(
      /grid\.x1 must go from a finite number to a larger one, got 2 to 1/,
    );
    expect(() => gridBetween([0, 1], [0, 1], { columns: 1 })).toThrow(
      /grid\.columns must be a whole number from 2 to 1000, got 1/,
    );
  });
});

/** Area of rings, holes counted negative. */
function area(rings: readonly (readonly Point[])[]): number {
  let sum = 0;
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++) {
      const [[ax, ay], [bx, by]] = [ring[i - 1]!, ring[i]!];
      sum += (ax * by - bx * ay) / 2;
    }
  return Math.abs(sum);
}

test("the area above a level of a plane ends on a straight line", () => {
  const grid = gridBetween([-3, 5], [0, 4], { columns: 16, rows: 8 });
  const values = gridRows(grid).map(([a = 0]) => a);
  const crossing = outlinesOf(
    grid,
    values,
  )(1.3)
    .flat()
    .filter(([, b]) => b > 0.3 && b < 3.7)
    .map(([a]) => a);
  expect(Math.min(...crossing)).toBeCloseTo(1.3, 9);
});

test("a disc has the area of a disc", () => {
  const grid = gridBetween([-2, 2], [-2, 2], { columns: 120, rows: 120 });
  const values = gridRows(grid).map(([a = 0, b = 0]) => 1 - a * a - b * b);
  expect(area(outlinesOf(grid, values)(0))).toBeCloseTo(Math.PI, 2);
});
