import { describe, expect, test } from "vitest";
import { random } from "../core/random.ts";
import { blobs } from "./blobs.ts";
import { circles } from "./circles.ts";
import { moons } from "./moons.ts";
import type { Labelled } from "./scatter.ts";
import { spiral } from "./spiral.ts";
import { xor } from "./xor.ts";

const rowsOf = ({ X, y }: Labelled) =>
  Array.from(y, (label, i) => ({ label, x: X.data[2 * i]!, y: X.data[2 * i + 1]!, i }));

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const figures = { moons, circles, spiral, xor, blobs };

describe.each(Object.entries(figures))("%s", (name, make) => {
  test("the same seed gives the same bits, another seed others; a stream continues", () => {
    expect(make({ n: 50, seed: 3 })).toEqual(make({ n: 50, seed: 3 }));
    expect(make({ n: 50, seed: 4 }).X.data).not.toEqual(make({ n: 50, seed: 3 }).X.data);
    const stream = random(3).fork(name);
    expect(make({ n: 50, seed: stream })).toEqual(make({ n: 50, seed: 3 }));
    expect(make({ n: 50, seed: stream }).X.data).not.toEqual(make({ n: 50, seed: 3 }).X.data);
  });

  test("row i has class i mod K, so classes have equal sizes", () => {
    const { X, y } = make({ n: 31 });
    const classes = Math.max(...y) + 1;
    expect([...y]).toEqual(Array.from({ length: 31 }, (_, i) => i % classes));
    expect([X.rows, X.columns, X.data.length]).toEqual([31, 2, 62]);
  });

  test("wrong options throw, with their names", () => {
    const wrong = (options: object) => () => (make as (options: object) => unknown)(options);
    expect(wrong({ sed: 1 })).toThrow(new RegExp(`^${name}: option "sed" is unknown. Use only n, .*seed`));
    expect(wrong({ n: 1 })).toThrow(new RegExp(`^${name}: n must be a whole number of at least [23], got 1`));
    expect(wrong({ [name === "blobs" ? "spread" : "noise"]: -1 })).toThrow(RangeError);
    expect(wrong({ seed: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: random: seed must be a whole number of at least 0, got -1. Pass a whole number, such as 0.]`,
    );
  });
});

test("noise is normal around the figure, with its standard deviation", () => {
  for (const make of [moons, circles, spiral]) {
    const n = 20_000;
    const clean = make({ n, noise: 0 }).X.data;
    const errors = Array.from(make({ n, noise: 0.3 }).X.data, (value, i) => value - clean[i]!);
    expect(Math.abs(mean(errors))).toBeLessThan((4 * 0.3) / Math.sqrt(2 * n));
    expect(Math.abs(mean(errors.map((e) => e * e)) / 0.09 - 1)).toBeLessThan(4 * Math.sqrt(1 / n));
  }
});

test("moons are two half circles", () => {
  const points = rowsOf(moons({ n: 101, noise: 0 }));
  for (const { label, x, y } of points) {
    const [u, v] = label === 0 ? [x, y] : [1 - x, 0.5 - y];
    expect(Math.abs(Math.hypot(u, v) - 1)).toBeLessThan(1e-15);
    expect(v).toBeGreaterThan(0);
  }
  const angles = points.filter(({ label }) => label === 0).map(({ x, y }) => Math.atan2(y, x) / Math.PI);
  angles.forEach((angle, j) => {
    expect(angle).toBeCloseTo((j + 0.5) / 51, 14);
  });
});

test("circles have radii 1 and factor, and evenly spaced angles", () => {
  const points = rowsOf(circles({ n: 40, factor: 0.25, noise: 0 }));
  for (const { label, x, y, i } of points) {
    expect(Math.abs(Math.hypot(x, y) - (label === 0 ? 1 : 0.25))).toBeLessThan(1e-15);
    const turn = (Math.atan2(y, x) / (2 * Math.PI) + 1) % 1;
    expect(turn).toBeCloseTo((Math.floor(i / 2) + 0.5) / 20, 14);
  }
  expect(() => circles({ factor: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: circles: factor must be at least 0 and below 1, got 1. Pass a number such as 0.]`,
  );
});

test("spiral arms are rotations of each other that end at radius 1", () => {
  const arms = 5;
  const points = rowsOf(spiral({ n: 100, arms, turns: 1.5, noise: 0 }));
  for (const { label, x, y, i } of points) {
    const t = (Math.floor(i / arms) + 0.5) / 20;
    expect(Math.hypot(x, y)).toBeCloseTo(t, 14);
    const angle = 2 * Math.PI * (label / arms + 1.5 * t);
    expect(x).toBeCloseTo(t * Math.cos(angle), 14);
    expect(y).toBeCloseTo(t * Math.sin(angle), 14);
  }
  expect(() => spiral({ arms: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: spiral: arms must be a whole number of at least 2, got 1. Pass a whole number, such as 2.]`,
  );
  expect(() => spiral({ turns: -1 })).toThrow(RangeError);
});

test("xor has equally many points in four squares, and its class is the sign of xy", () => {
  const n = 8000;
  const points = rowsOf(xor({ n }));
  const quadrants = new Map<string, number>();
  expect(points.every(({ label, x, y }) => label === (x * y < 0 ? 1 : 0))).toBe(true);
  expect(points.every(({ x, y }) => Math.abs(x) < 1 && Math.abs(y) < 1)).toBe(true);
  for (const { x, y } of points) {
    const quadrant = `${Math.sign(x)} ${Math.sign(y)}`;
    quadrants.set(quadrant, (quadrants.get(quadrant) ?? 0) + 1);
  }
  expect([...quadrants.values()]).toEqual([2000, 2000, 2000, 2000]);
  for (const side of [points.map(({ x }) => Math.abs(x)), points.map(({ y }) => Math.abs(y))]) {
    expect(Math.abs(mean(side) - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
  }
});

test("blobs are normal around their centers, with the standard deviation spread", () => {
  const n = 30_000;
  const centers = [
    [0, 1, 2],
    [-5, 5, 9],
  ];
  const made = blobs({ n, centers, spread: 0.5 });
  expect([...made.centers.data]).toEqual([0, 1, 2, -5, 5, 9]);
  expect(made.X.columns).toBe(3);
  for (let label = 0; label < 2; label++) {
    for (let j = 0; j < 3; j++) {
      const values: number[] = [];
      for (let i = label; i < n; i += 2) values.push(made.X.data[3 * i + j]! - centers[label]![j]!);
      expect(Math.abs(mean(values))).toBeLessThan((4 * 0.5) / Math.sqrt(n / 2));
      expect(Math.abs(mean(values.map((v) => v * v)) / 0.25 - 1)).toBeLessThan(4 * Math.sqrt(4 / n));
    }
  }
});

test("blobs draws centers in [−10, 10), and throws for contradicting options", () => {
  const { centers, X } = blobs({ n: 2000, centers: 1000, features: 4, spread: 0 });
  expect([centers.rows, centers.columns]).toEqual([1000, 4]);
  expect(X.data.subarray(4000)).toEqual(centers.data);
  expect(Math.min(...centers.data)).toBeGreaterThanOrEqual(-10);
  expect(Math.max(...centers.data)).toBeLessThan(10);
  expect(Math.abs(mean([...centers.data]))).toBeLessThan(4 * Math.sqrt(100 / 3 / 4000));
  expect(() => blobs({ centers: [[1, 2]], features: 3 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: blobs: features must be the number of coordinates of a center (2), got 3. Leave out features.]`,
  );
  expect(() => blobs({ centers: [[1, 2], [3]] })).toThrow(RangeError);
  expect(() => blobs({ centers: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: blobs: centers must be a whole number of at least 1, got 0. Pass a whole number, such as 1.]`,
  );
});
