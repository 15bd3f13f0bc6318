import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matrixFromRows } from "../../core/matrix.ts";
import { standardization, unscaled } from "./scaling.ts";

const column = (...numbers: number[]) => standardization(matrixFromRows(numbers.map((x) => [x])));

describe("standardization", () => {
  test("of 0 … n − 1: mean (n − 1)/2, deviation √((n² − 1)/12)", () => {
    for (const n of [2, 3, 10, 1001]) {
      const { shift, scale } = column(...Array(n).keys());
      expect(Math.abs(shift[0]! / ((n - 1) / 2) - 1)).toBeLessThan(1e-14);
      expect(Math.abs(scale[0]! / Math.sqrt((n * n - 1) / 12) - 1)).toBeLessThan(1e-14);
    }
  });

  test("scales each column on its own, with the deviation divided by n", () => {
    const { shift, scale } = standardization(
      matrixFromRows([
        [1, -4, 7],
        [3, 4, 7],
        [1, -4, 7],
        [3, 4, 7],
      ]),
    );
    expect([...shift]).toEqual([2, 0, 7]);
    expect([...scale]).toEqual([1, 4, 1]);
  });

  test("a column far from 0 has an accurate deviation: the mean is subtracted before squaring", () => {
    const { shift, scale } = column(1e9 - 2, 1e9, 1e9 + 2);
    expect(shift[0]).toBe(1e9);
    expect(Math.abs(scale[0]! / Math.sqrt(8 / 3) - 1)).toBeLessThan(1e-14);
  });

  test("a column of equal numbers gets this number as shift and scale 1, for numbers of any size", () => {
    for (const x of [0, -0, 0.1, 1e-300, -1e9 - 0.1, 1e15 + 0.5, 1.7e308]) {
      const { shift, scale } = column(...Array<number>(61).fill(x));
      expect([shift[0], scale[0]]).toEqual([x, 1]);
    }
  });

  test("ranges that are too small or too large throw", () => {
    expect(() => column(0, 1e-310)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fit: the numbers in column 0 must be equal or have a range between 1e-301 and 1.8e308, got numbers from 0 to 1e-310. Multiply it by a constant, such as 1e200.]`,
    );
    expect(() => column(-1.7e308, 1.7e308)).toThrow(
      /got numbers from -1\.7e\+308 to 1\.7e\+308\. Divide it by a constant, such as 10\.$/,
    );
    const named = { ...matrixFromRows([[0], [1e-310]]), names: ["age"] };
    expect(() => standardization(named)).toThrow(/^fit: the numbers in column "age" must be equal/);
    expect(column(0, 1e-310 * 1e200).scale[0]! / 0.5e-110).toBeCloseTo(1, 12); // the advice, followed
    expect(column(-1.7e307, 1.7e307).scale[0]! / 1.7e307).toBeCloseTo(1, 12);
  });

  test("columns of any size are equally accurate: a power of two multiplies mean and deviation exactly", () => {
    const numbers = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: -950, max: 1022 }), (xs, exponent) => {
        const large = xs.map((x) => (Math.abs(x) < 2 ** -20 ? 0 : x)); // so the multiplication is exact
        fc.pre(Math.max(...large) - Math.min(...large) > 1e-3);
        const [one, other] = [column(...large), column(...large.map((x) => x * 2 ** exponent))];
        expect(other.scale[0]).toBe(one.scale[0]! * 2 ** exponent);
        expect(other.shift[0]! / 2 ** exponent).toBeCloseTo(one.shift[0]!, 300); // not a quotient: the mean may be near 0
      }),
      { numRuns: 500 },
    );
  });

  test("the same for float32 columns of any size", () => {
    const values = [1, 2, 4, 7];
    const expected = column(...values).scale[0]!;
    for (const size of [2 ** -120, 2 ** -60, 1, 2 ** 60, 2 ** 124]) {
      const data = Float32Array.from(values, (x) => x * size);
      expect(standardization({ data, rows: 4, columns: 1 }).scale[0]).toBe(expected * size);
    }
  });

  test("every scaled column has mean 0 and deviation 1", () => {
    const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(numbers, (xs) => {
        const [low, high] = [Math.min(...xs), Math.max(...xs)];
        fc.pre(high - low > 1e-3 * Math.max(1, Math.abs(low), Math.abs(high))); // otherwise the rounding of x is too large
        const { shift, scale } = column(...xs);
        const z = xs.map((x) => (x - shift[0]!) / scale[0]!);
        expect(Math.abs(z.reduce((a, b) => a + b, 0) / z.length)).toBeLessThan(1e-10);
        expect(Math.abs(z.reduce((a, b) => a + b * b, 0) / z.length - 1)).toBeLessThan(1e-10);
      }),
    );
  });
});

test("unscaled: the same scores from unscaled columns", () => {
  const number = fc.double({ min: -5, max: 5, noNaN: true });
  const size = fc.double({ min: 0.1, max: 10, noNaN: true });
  const three = fc.tuple(number, number, number);
  fc.assert(
    fc.property(three, three, three, fc.tuple(size, size, size), three, ([...w1], [...w2], [...m], [...s], [...x]) => {
      const scaling = { shift: Float64Array.from(m), scale: Float64Array.from(s) };
      const { coefficients, intercepts } = unscaled(Float64Array.of(...w1, ...w2), Float64Array.of(0.5, -2), scaling);
      [w1, w2].forEach((w, c) => {
        let [scaled, plain] = [[0.5, -2][c]!, intercepts[c]!];
        for (let j = 0; j < 3; j++) {
          scaled += (w[j]! * (x[j]! - m[j]!)) / s[j]!;
          plain += coefficients[3 * c + j]! * x[j]!;
        }
        expect(Math.abs(scaled - plain)).toBeLessThan(1e-11); // terms up to 500
      });
    }),
  );
});
