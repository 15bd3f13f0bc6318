import fc from "fast-check";
import { expect, test } from "vitest";
import { clipLine, closedPath, openPath, type Point, rectPath, simplify } from "./path.ts";

test("path data has one decimal", () => {
  expect(
    openPath([
      [0, 1],
      [2.55, 3.21],
    ]),
  ).toBe("M0,1L2.6,3.2");
  expect(openPath([])).toBe("");
  expect(
    closedPath(
      [
        [0, 0],
        [5, 0],
        [10, 0],
        [10, 10],
        [0, 0],
      ],
      0.1,
    ),
  ).toBe("M0,0L10,0L10,10L0,0Z");
  expect(rectPath([[1, 2, 3.04, 4]])).toBe("M1,2h3v4h-3z");
});

test("simplify keeps the ends, and the points that it leaves out are within the tolerance", () => {
  const line: Point[] = Array.from({ length: 200 }, (_, i) => [i, 20 * Math.sin(i / 9)]);
  const few = simplify(line, 0.5);
  expect(few.length).toBeLessThan(100);
  expect([few[0], few.at(-1)]).toEqual([line[0], line.at(-1)]);
  for (const [x, y] of line) {
    const next = few.findIndex(([at]) => at >= x);
    const [[ax, ay], [bx, by]] = [few[Math.max(0, next - 1)]!, few[next]!];
    const slope = bx === ax ? 0 : (by - ay) / (bx - ax);
    const across = Math.abs(ay + slope * (x - ax) - y) / Math.hypot(1, slope);
    expect(across).toBeLessThanOrEqual(0.5 + 1e-9);
  }
});

test("the parts of a line within a rectangle", () => {
  expect(
    clipLine(
      [
        [-5, 5],
        [15, 5],
      ],
      [0, 0],
      [10, 10],
    ),
  ).toEqual([
    [
      [0, 5],
      [10, 5],
    ],
  ]);
  expect(
    clipLine(
      [
        [2, 2],
        [8, 8],
        [8, 20],
        [4, 20],
        [4, 5],
      ],
      [0, 0],
      [10, 10],
    ),
  ).toEqual([
    [
      [2, 2],
      [8, 8],
      [8, 10],
    ],
    [
      [4, 10],
      [4, 5],
    ],
  ]);
  expect(
    clipLine(
      [
        [20, 20],
        [30, 5],
      ],
      [0, 0],
      [10, 10],
    ),
  ).toEqual([]);
  const far = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(far, far), { maxLength: 8 }), (points) => {
      for (const part of clipLine(points, [0, 0], [10, 10]))
        for (const [x, y] of part) {
          expect(Math.abs(x - 5)).toBeLessThanOrEqual(5 + 1e-5);
          expect(Math.abs(y - 5)).toBeLessThanOrEqual(5 + 1e-5);
        }
    }),
  );
});
