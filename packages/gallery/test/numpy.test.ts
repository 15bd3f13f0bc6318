import { describe, expect, it } from "vitest";
import { linspace, makeBlobs, normals, numpyRandom } from "../src/programs/numpy.ts";

describe("numpyRandom", () => {
  it("draws the numbers of NumPy 1.24, and keeps the second normal number of a pair as NumPy does", () => {
    const random = numpyRandom(42);
    // np.random.seed(42); randn(3), rand(), permutation(7), randn(), uniform(-10, 10)
    expect(Array.from(normals(random, 3))).toEqual([0.4967141530112327, -0.13826430117118466, 0.6476885381006925]);
    expect(random.uniform()).toBe(0.15601864044243652);
    expect(Array.from(random.permutation(7))).toEqual([4, 1, 0, 3, 5, 6, 2]);
    expect(random.normal()).toBe(1.5230298564080254);
    expect(-10 + 20 * random.uniform()).toBe(-7.142663641561184);
  });

  it("gives the same numbers for the same seed", () => {
    const first = normals(numpyRandom(7), 5);
    expect(normals(numpyRandom(7), 5)).toEqual(first);
    expect(normals(numpyRandom(8), 5)).not.toEqual(first);
  });

  it("throws when an earlier stream draws a number", () => {
    const earlier = numpyRandom(1);
    numpyRandom(2);
    const message =
      "numpyRandom: this stream can draw no more numbers, because another stream was seeded after it. " +
      "Draw all numbers from one stream before you seed the next.";
    expect(() => earlier.normal()).toThrow(message);
    expect(() => earlier.uniform()).toThrow(message);
    expect(() => earlier.permutation(3)).toThrow(message);
  });
});

describe("linspace", () => {
  it("has evenly spaced numbers and both ends", () => {
    expect(Array.from(linspace(-3, 3, 5))).toEqual([-3, -1.5, 0, 1.5, 3]);
    expect(linspace(0, 10, 100)[99]).toBe(10);
  });
});

describe("makeBlobs", () => {
  it("draws the same number of points for each center, near their center", () => {
    const { X, y } = makeBlobs(numpyRandom(3), 300, 3, 0.01);
    expect(X).toMatchObject({ rows: 300, columns: 2 });
    for (const label of [0, 1, 2]) {
      const rows = Array.from(y.keys()).filter((row) => y[row] === label);
      expect(rows).toHaveLength(100);
      for (const column of [0, 1]) {
        const values = rows.map((row) => X.data[2 * row + column]!);
        expect(Math.max(...values) - Math.min(...values)).toBeLessThan(0.1);
      }
    }
  });
});
