import { expect, test } from "vitest";
import { scene } from "../draw.ts";
import type { PointsMark, TextMark } from "../scene/scene.ts";
import { simplex } from "./simplex.ts";

const classes = ["oak", "ash", "elm"] as const;
const shares = [1, 0, 0, 0, 1, 0, 0, 0, 1, 1 / 3, 1 / 3, 1 / 3, 0.5, 0.5, 0, 0.2, 0.5, 0.3];
const labels = [0, 1, 2, 0, 1, 2];
const drawn = scene(simplex({ title: "Probabilities", shares, labels, classes }), { width: 400, height: 420 });

test("a point is the mean of the corners with its probabilities as weights, and the triangle is equilateral", () => {
  const points = drawn.marks.filter((mark): mark is PointsMark => mark.kind === "points");
  const placed = labels.map((label, i) => {
    const at = labels.slice(0, i).filter((each) => each === label).length;
    const { xs, ys } = points.find(({ series }) => series === label)!;
    return [xs[at]!, ys[at]!] as const;
  });
  const corners = placed.slice(0, 3);
  for (const [i, [x, y]] of placed.entries())
    for (const [k, value] of [x, y].entries())
      expect(value).toBeCloseTo(
        corners.reduce((sum, corner, j) => sum + shares[3 * i + j]! * corner[k]!, 0),
        9,
      );
  for (const [k, name] of classes.entries()) {
    const text = drawn.marks.find((mark): mark is TextMark => mark.kind === "text" && mark.text === name)!;
    expect(Math.hypot(text.x - corners[k]![0], text.y - corners[k]![1]), name).toBeLessThan(20);
  }
  const sides = corners.map(([x, y], j) => Math.hypot(x - corners[(j + 1) % 3]![0], y - corners[(j + 1) % 3]![1]));
  expect(sides[0]).toBeGreaterThan(200);
  expect(sides[1]).toBeCloseTo(sides[0]!, 9);
  expect(sides[2]).toBeCloseTo(sides[0]!, 9);
});

test("the description counts the points whose true class is the most probable one", () => {
  expect(drawn.a11y.caption).toBe(
    "6 points at their probabilities of oak, ash, elm. For 5 the true class is the most probable one.",
  );
  expect(drawn.a11y.table.rows[5]).toEqual(["elm", 0.2, 0.5, 0.3]);
  expect(drawn.legend.map(({ name, series }) => [name, series])).toEqual(classes.map((name, k) => [name, k]));
});

test("shares that are no probabilities of three classes are rejected", () => {
  const make = (change: object) => () => simplex({ title: "P", shares, labels, classes, ...change });
  expect(make({ shares: shares.map((share) => share / 2) })).toThrow(
    new RangeError("simplex: the three shares of point 0 must have the sum 1, got 0.5. Divide them by their sum."),
  );
  expect(make({ shares: shares.slice(3) })).toThrow("shares must");
  expect(make({ labels: [0, 1, 2, 3, 1, 2] })).toThrow("labels[3] must");
  expect(make({ classes: ["a", "b"] })).toThrow("classes must hold three names, got 2.");
});

test("the legend has the order of the caller, and the corners stay", () => {
  const other = scene(simplex({ title: "Probabilities", shares, labels, classes, order: [2, 0, 1] }), {
    width: 400,
    height: 420,
  });
  expect(other.legend.map(({ name, series }) => [name, series])).toEqual([
    ["elm", 2],
    ["oak", 0],
    ["ash", 1],
  ]);
  expect(other.triangle).toEqual(drawn.triangle);
  expect(() => simplex({ title: "", shares, labels, classes, order: [0, 0, 1] })).toThrow(
    /simplex: order must have each class once, got 0, 0, 1\./,
  );
});
