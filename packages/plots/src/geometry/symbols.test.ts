import { describe, expect, test } from "vitest";
import { type Shape, shapes, symbolPath } from "./symbols.ts";

/** The area inside a path of straight lines [px²]. */
function areaOf(path: string): number {
  const corners = path
    .split(/[MLZ]/)
    .filter(Boolean)
    .map((pair) => pair.split(",").map(Number));
  const twice = corners.reduce((sum, [ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % corners.length]!;
    return sum + (ax! * by! - bx! * ay!);
  }, 0);
  return Math.abs(twice) / 2;
}

describe("markers of radius 100", () => {
  const disc = Math.PI * 100 * 100;
  test.each<readonly [Shape, share: number]>([
    ["triangle", 1],
    ["down", 1],
    ["plus", 1],
    ["cross", 1],
    ["diamond", 0.784],
  ])("the area of %s is %s of that of the circle", (shape, share) => {
    expect(areaOf(symbolPath(shape, 100)(7, -3)) / disc).toBeCloseTo(share, 2);
  });
  test("the square has the area of the circle, which has its radius", () => {
    expect(symbolPath("square", 100)(0, 0)).toBe("M-88.6,-88.6h177.2v177.2h-177.2Z");
    expect(177.2 ** 2 / disc).toBeCloseTo(1, 2);
    expect(symbolPath("circle", 100)(5, 6)).toBe("M105,6A100,100,0,1,1,-95,6A100,100,0,1,1,105,6");
  });
  test("a position moves the marker", () => {
    for (const shape of shapes) {
      const [x, y] = symbolPath(shape, 4)(10, 20)
        .slice(1)
        .split(/[,LAh]/)
        .map(Number);
      const [left, top] = symbolPath(shape, 4)(0, 0)
        .slice(1)
        .split(/[,LAh]/)
        .map(Number);
      expect(x! - left!).toBeCloseTo(10, 0);
      expect(y! - top!).toBeCloseTo(20, 0);
    }
  });
});
